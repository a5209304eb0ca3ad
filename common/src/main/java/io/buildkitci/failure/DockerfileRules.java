package io.buildkitci.failure;

import static io.buildkitci.failure.Rule.during;
import static io.buildkitci.failure.Rule.error;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for the Dockerfile, its context and the images and sources that it names. */
final class DockerfileRules {
    private static final Pattern LIBRARY_IMAGE = Pattern.compile("docker\\.io/library/(?<name>[\\w.-]+):latest");

    static final List<Rule> ALL = List.of(
            error(
                    FailureCode.DOCKERFILE_SYNTAX,
                    "dockerfile parse error (?:on line \\d+: )?(?<reason>.*)", // in 20.10 without 'on' or the lines
                    "the Dockerfile cannot be read: {reason}"),
            error(
                            FailureCode.DOCKERFILE_SYNTAX,
                            "^base name \\((?<word>.*)\\) should not be blank",
                            "the base image {word} is empty")
                    .advising("Give the argument a default in the Dockerfile, or a value with {input build-args}."),
            error(
                    FailureCode.CHECKS_FAILED,
                    "^lint violation found for rules: (?<rules>.*)",
                    "the Dockerfile makes errors of warnings, and has some of {rules}"),
            error(
                    FailureCode.DOCKERIGNORE_INVALID,
                    "^(?:failed to (?:read|parse|compile) .*exclude.*: )?syntax error in pattern$",
                    ".dockerignore has a pattern that is not valid"),
            error(
                    FailureCode.DOCKERFILE_SYNTAX,
                    "failed to parse stage name \"(?<given>.*)\": (?<reason>invalid reference format.*)",
                    "the Dockerfile builds from '{given}', which is neither a stage nor the name of an image: {reason}"),
            error(FailureCode.DOCKERFILE_SYNTAX, "^file with no instructions", "the Dockerfile has no instructions"),
            error(FailureCode.DOCKERFILE_SYNTAX, "^unterminated heredoc", "a heredoc of the Dockerfile has no end"),
            error(
                    FailureCode.DOCKERFILE_SYNTAX,
                    "^failed to process \"(?<word>.*?)\": (?<reason>.*)",
                    "the Dockerfile's {word} cannot be expanded: {reason}"),
            error(
                    FailureCode.NO_DOCKERFILE,
                    "failed to read dockerfile: open (?<file>.*): no such file or directory",
                    "there is no {file} in the build context"),
            error(
                    FailureCode.NO_CONTEXT,
                    "unable to prepare context: path \"(?<path>.*)\" not found",
                    "the build context {path} does not exist"),
            error(
                    FailureCode.NO_CONTEXT,
                    "unable to prepare context: (?<reason>.*)",
                    "the build context cannot be read: {reason}"),
            error(
                    FailureCode.STAGE_MISSING,
                    "target stage \"(?<stage>.*)\" could not be found",
                    "the Dockerfile has no stage '{stage}'"),
            DockerfileRules::copyFromMissingStage,
            during(
                    FailureCode.FRONTEND_UNAVAILABLE,
                    "^resolve image config for docker-image://",
                    "the frontend {image} could not be read: {reason}"),
            error(
                    FailureCode.COPY_SOURCE_MISSING,
                    "failed to calculate checksum of ref .*: \"/?(?<file>.*)\": not found",
                    "{step} names a file that is not there: {file}"),
            error(
                    FailureCode.BASE_IMAGE_FOR_PLATFORM_MISSING,
                    "no match for platform in manifest",
                    "{image} exists, but not for {platform}"),
            error(FailureCode.BASE_IMAGE_MISSING, ": not found$", "the image {image} does not exist")
                    .in("load metadata for "),
            error(
                    FailureCode.BASE_IMAGE_MISSING,
                    "failed to resolve source metadata for \\S+: .*not found$",
                    "the image {image} does not exist"),
            error(
                    FailureCode.BASE_IMAGE_MISSING,
                    "pull access denied, repository does not exist or may require authorization",
                    "the image {image} does not exist, or is not for everybody"),
            error(
                            FailureCode.SOURCE_UNAVAILABLE,
                            "remote (?<url>\\S+): git stderr:.*(?:could not read Username for|Authentication failed for"
                                    + "|Invalid username or (?:token|password)|Repository not found)",
                            "the Git repository {url} is not there, or wants a token that may read it")
                    .advising(
                            "Check its address, and hand over a token that may read it as the secret GIT_AUTH_TOKEN."),
            error(
                    FailureCode.SOURCE_UNAVAILABLE,
                    "(?:repository|remote) (?<url>\\S+): git stderr:\\s*(?<reason>.*)",
                    "the Git repository {url} could not be read: {reason}"),
            error(
                            FailureCode.CAPABILITY_MISSING,
                            "unknown scheme git: not found",
                            "the builder cannot fetch from Git repositories: there is no git in it")
                    .advising("Check the repository out and give its directory as {input context}, or make a builder"
                            + " from an image that has git."),
            during(
                    FailureCode.SOURCE_UNAVAILABLE,
                    "^(?:\\[[^\\]]*\\] )?ADD (?:--\\S+ )*(?<url>https?://\\S+)",
                    "{url} could not be downloaded: {reason}"));

    private DockerfileRules() {}

    /** A name after {@code --from=} that is no stage is taken for an image of Docker Hub. */
    private static Optional<Finding> copyFromMissingStage(Symptom symptom) {
        Matcher image = LIBRARY_IMAGE.matcher(symptom.facts().getOrDefault("image", ""));
        if (!image.matches()) {
            return Optional.empty();
        }
        String name = image.group("name");
        boolean named = symptom.place().stream()
                .flatMap(place -> place.excerpt().stream())
                .anyMatch(line -> line.matches(".*[-,]from=" + Pattern.quote(name) + "([ ,].*)?"));
        return named
                ? Optional.of(Finding.of(
                        FailureCode.STAGE_MISSING,
                        "the Dockerfile has no stage '" + name + "', and no image of this name could be read"))
                : Optional.empty();
    }
}
