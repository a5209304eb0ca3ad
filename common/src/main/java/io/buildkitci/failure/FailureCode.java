package io.buildkitci.failure;

import static io.buildkitci.failure.Blame.BUILD;
import static io.buildkitci.failure.Blame.ENVIRONMENT;
import static io.buildkitci.failure.Blame.INPUT;
import static io.buildkitci.failure.Blame.OURS;
import static io.buildkitci.failure.Blame.UPSTREAM;

import io.buildkitci.words.HostWords;
import java.util.Locale;

/**
 * Every kind of failure: its stable name, whose fault it is, whether the same build may succeed when it is run again,
 * what it means and what to do. In advice, {@code {input x}} and {@code {step x}} become the host's own words.
 */
public enum FailureCode {
    // What the Dockerfile runs
    STEP_FAILED(BUILD, Retry.NO, "A command of the Dockerfile failed.", "Read the step's last lines and correct it."),
    STEP_TIMED_OUT(
            BUILD,
            Retry.NO,
            "A step gave one of its commands a limit of time, and it was reached.",
            "Find out in the step's last lines what the command waited for, or give it more time."),
    OUT_OF_MEMORY(
            ENVIRONMENT,
            Retry.NO,
            "A step was killed by signal 9, most often because memory ran out.",
            "Give the builder more memory, or let the step use less (fewer parallel jobs, fewer platforms at once)."),
    EMULATOR_CRASHED(
            ENVIRONMENT,
            Retry.YES,
            "An emulated program ended with signal 11.",
            "Update the emulators with {step setup-qemu}, build this platform on a native node or cross-compile it."),
    NO_EMULATOR(
            ENVIRONMENT,
            Retry.NO,
            "A step needs a processor that this builder neither has nor emulates.",
            "Run {step setup-qemu} before the build, or leave the platform out of {input platforms}."),
    KERNEL_LACKS_OVERLAY(
            ENVIRONMENT,
            Retry.NO,
            "The builder could not lay layers over each other where it keeps them.",
            "Keep the builder's state on a file system that is no overlay itself (a volume, ext4, xfs), load the kernel's"
                    + " module of overlays, or let buildkitd use the snapshotter native."),
    STEP_NOT_STARTED(
            ENVIRONMENT,
            Retry.NO,
            "The builder could not start the container of a step.",
            "Correct what the builder reports about its machine, or use another builder."),

    // The Dockerfile and its context
    DOCKERFILE_SYNTAX(BUILD, Retry.NO, "The Dockerfile cannot be read.", "Correct the line in the Dockerfile."),
    DOCKERIGNORE_INVALID(
            BUILD, Retry.NO, "A pattern in .dockerignore is not valid.", "Correct the pattern in .dockerignore."),
    CHECKS_FAILED(
            BUILD,
            Retry.NO,
            "The checks of the Dockerfile found something.",
            "Correct the lines that are named, or leave a check out with '# check=skip=<rule>' on the first line."),
    COPY_SOURCE_MISSING(
            BUILD,
            Retry.NO,
            "A COPY or ADD names a file that is not in its source.",
            "Check the path against {input context} and .dockerignore."),
    STAGE_MISSING(
            BUILD,
            Retry.NO,
            "A stage is named that the Dockerfile does not have.",
            "Name a stage of the Dockerfile, in {input target} or after --from."),
    BASE_IMAGE_MISSING(
            BUILD,
            Retry.NO,
            "An image that the Dockerfile names does not exist.",
            "Correct the name or the tag, and log in first if the repository is private."),
    BASE_IMAGE_FOR_PLATFORM_MISSING(
            BUILD,
            Retry.NO,
            "A base image exists, but not for this platform.",
            "Leave the platform out of {input platforms}, or choose a base image that has it."),
    BASE_IMAGE_WRONG_PLATFORM(
            BUILD,
            Retry.NO,
            "A base image is made for another platform than the one that is built, and its programs do not run.",
            "Use a base image that has the platform, or name none in the FROM line."),
    CONTEXT_TOO_LARGE(
            ENVIRONMENT,
            Retry.NO,
            "The build context did not fit onto the builder's disk.",
            "Leave what the build does not need out of the context with .dockerignore, or give the builder a larger"
                    + " disk."),
    NO_DOCKERFILE(
            INPUT,
            Retry.NO,
            "There is no Dockerfile where one was looked for.",
            "Name it with {input file}; its path starts at {input context}."),
    NO_CONTEXT(INPUT, Retry.NO, "The build context does not exist.", "Correct {input context}."),

    // Inputs that only the client or BuildKit finds wrong
    UNKNOWN_PLATFORM(
            INPUT,
            Retry.NO,
            "A platform is named that does not exist.",
            "Write {input platforms} as os/architecture, for example linux/arm64."),
    INVALID_TAG(INPUT, Retry.NO, "A tag is no valid image name.", "Correct {input tags}."),
    TAG_MISSING(INPUT, Retry.NO, "The image shall be pushed, but has no name.", "Give it a name with {input tags}."),
    INVALID_OPTION(
            INPUT,
            Retry.NO,
            "An output, a cache or another option has a value that BuildKit does not know.",
            "Correct the input that the message names."),
    BAD_FLAG(
            OURS,
            Retry.NO,
            "The client, buildx or buildctl, did not understand its arguments.",
            "Update it; if it is current, report this failure with its last lines."),
    TAG_IMMUTABLE(
            INPUT,
            Retry.NO,
            "The registry keeps a tag as it is once it is there.",
            "Push under another tag with {input tags}, or let the repository's settings allow that tags move."),
    SECRET_MISSING(
            INPUT,
            Retry.NO,
            "A step requires a secret that the build was not given.",
            "Give it with {input secrets}, {input secret-files} or {input secret-envs}."),
    SSH_MISSING(
            INPUT,
            Retry.NO,
            "A step requires an SSH agent or key that the build was not given.",
            "Give it with {input ssh}, and start an SSH agent or name a key file."),
    ENTITLEMENT_MISSING(
            INPUT,
            Retry.NO,
            "A step asks for a privilege that the build was not given.",
            "Give it with {input allow}."),
    ENTITLEMENT_REFUSED(
            ENVIRONMENT,
            Retry.NO,
            "The builder does not allow a privilege that was asked for.",
            "Use a builder whose {input buildkitd-flags} allow it (--allow-insecure-entitlement)."),
    CAPABILITY_MISSING(
            ENVIRONMENT,
            Retry.NO,
            "The builder's driver cannot do what was asked.",
            "Make a builder with the docker-container driver ({step create-builder}), or turn on the containerd image"
                    + " store of Docker."),
    OUTPUT_FAILED(
            ENVIRONMENT,
            Retry.NO,
            "The result could not be written on this machine.",
            "Check that the destination in {input outputs} can be written and has room."),
    CACHE_NO_ROOM(
            ENVIRONMENT,
            Retry.NO,
            "The image was built, and this machine has no room for its cache.",
            "Make room where {input cache-to} keeps it, or add ignore-error=true to it so that this does not fail the"
                    + " build."),

    // The builder and its machine
    BUILDER_MISSING(
            ENVIRONMENT,
            Retry.NO,
            "There is no builder of this name.",
            "Make it with {step create-builder}, or correct {input builder}."),
    BUILDER_NOT_MADE(
            ENVIRONMENT,
            Retry.NO,
            "A builder could not be made or did not start.",
            "Correct what the message names: the builder's image, options, flags and configuration decide whether it starts."),
    BUILDER_NOT_REMOVED(
            ENVIRONMENT,
            Retry.NO,
            "A builder, or something of it, could not be removed.",
            "Remove by hand what the message names."),
    BUILDER_UNREACHABLE(
            ENVIRONMENT,
            Retry.YES,
            "The builder does not answer.",
            "Check that its daemon runs and that its endpoint can be reached from here."),
    BUILDER_TLS(
            ENVIRONMENT,
            Retry.NO,
            "The builder and this machine do not agree on TLS.",
            "Correct cacert, cert, key and servername in the builder's {input driver-opts}, or the certificates of its"
                    + " daemon."),
    BUILDER_LOST(
            ENVIRONMENT,
            Retry.YES,
            "The builder ended while it was building.",
            "Run the build again, and look in the builder's log and memory if it happens again."),
    ENGINE_UNREACHABLE(
            ENVIRONMENT,
            Retry.NO,
            "The Docker Engine does not answer.",
            "Start Docker, check DOCKER_HOST and that this user may use its socket, or use another builder."),
    DISK_FULL(
            ENVIRONMENT,
            Retry.NO,
            "The builder has no room left.",
            "Free some with 'docker buildx prune' or 'buildctl prune', or give the builder a larger disk."),
    CLIENT_NOT_STARTED(
            ENVIRONMENT,
            Retry.NO,
            "The client, buildx or buildctl, could not be started.",
            "Install it, or correct where it is looked for."),
    CLIENT_KILLED(
            ENVIRONMENT,
            Retry.YES,
            "The client, buildx or buildctl, was killed from outside.",
            "Look whether the machine ran out of memory, and run the build again."),
    TIMED_OUT(
            ENVIRONMENT,
            Retry.NO,
            "The build took longer than it may.",
            "Allow it more time with {input timeout}, or look why what the message names took so long."),

    STALLED(
            UPSTREAM,
            Retry.YES,
            "Something that the build talked to accepted the connection and did not answer any more.",
            "Look at the service that the message names, or allow more time with {input inactivity-timeout}."),

    // Registries and other services
    REGISTRY_UNREACHABLE(
            UPSTREAM,
            Retry.YES,
            "A registry could not be reached.",
            "Check its name, the network and the proxy of the builder, which need not be those of this machine."),
    REGISTRY_UNAUTHORIZED(
            ENVIRONMENT,
            Retry.NO,
            "A registry wants credentials, or refuses those it got.",
            "Log in to this registry before the build, with credentials that are not expired."),
    CREDENTIALS_EXPIRED(
            ENVIRONMENT,
            Retry.NO,
            "A registry knows these credentials, and they are too old.",
            "Log in to this registry again right before the build: such credentials live for some hours only."),
    REGISTRY_DENIED(
            ENVIRONMENT,
            Retry.NO,
            "A registry knows these credentials, and they do not allow this.",
            "Use credentials that may do this in this repository, and check that the repository exists."),
    REGISTRY_RATE_LIMITED(
            UPSTREAM,
            Retry.YES,
            "A registry answered that there were too many requests.",
            "Wait, log in for a higher limit, or use a mirror."),
    REGISTRY_FAILED(
            UPSTREAM,
            Retry.YES,
            "A registry answered with an error of its own.",
            "Run the build again later, and look at the registry's status if it goes on."),
    REGISTRY_REFUSES_FORMAT(
            UPSTREAM,
            Retry.NO,
            "A registry does not take manifests of this kind.",
            "Leave attestations out with {input provenance} false and {input sbom} false, or add oci-mediatypes=false to"
                    + " {input outputs}."),
    REGISTRY_TOO_LARGE(
            UPSTREAM,
            Retry.NO,
            "A registry, or a proxy before it, does not take something of this size.",
            "Make the layer or the manifest smaller (fewer labels, annotations and platforms), or raise the limit of the"
                    + " registry and of proxies before it."),
    CLOCK_WRONG(
            ENVIRONMENT,
            Retry.NO,
            "The builder's clock stands before the time from which a certificate is valid.",
            "Set the clock of the builder's machine, or look into the certificate if the clock is right."),
    CERTIFICATE_EXPIRED(
            UPSTREAM,
            Retry.NO,
            "A registry's certificate has ended.",
            "Renew the certificate, or set the clock of the builder's machine if that is wrong."),
    PROXY_FAILED(
            ENVIRONMENT,
            Retry.NO,
            "The proxy that the builder is set to use refused a request or does not answer.",
            "Correct HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the builder, which has its own: {input driver-opts} env.NAME"
                    + " for a docker-container builder."),
    REGISTRY_TLS(
            ENVIRONMENT,
            Retry.NO,
            "The builder and a registry do not agree on TLS.",
            "Give the builder the registry's certificate, or mark the registry as plain HTTP, in {input"
                    + " buildkitd-config}."),
    FRONTEND_UNAVAILABLE(
            UPSTREAM,
            Retry.YES,
            "The frontend that the Dockerfile's '# syntax=' line names could not be read.",
            "Remove the '# syntax=' line where BuildKit's own frontend will do, or name one that can be reached."),
    SOURCE_UNAVAILABLE(
            UPSTREAM,
            Retry.YES,
            "A Git repository or a file to download could not be read.",
            "Check its address, and that the builder may read it."),
    CACHE_EXPORT_FAILED(
            UPSTREAM,
            Retry.YES,
            "The image was built, but its cache could not be written.",
            "Correct {input cache-to}, or add ignore-error=true to it so that this does not fail the build."),

    CANCELLED(Blame.CANCELLED, Retry.NO, "Somebody stopped the build.", "Run it again when it is wanted."),
    UNRECOGNISED(
            BUILD,
            Retry.NO,
            "The build failed in a way that is not known here.",
            "Read the last lines, and report them so that this failure gets a name.");

    private static final String PAGE = "docs/failures.md";

    private final Blame blame;
    private final boolean retryable;
    private final String meaning;
    private final String advice;

    FailureCode(Blame blame, Retry retry, String meaning, String advice) {
        this.blame = blame;
        this.retryable = retry == Retry.YES;
        this.meaning = meaning;
        this.advice = advice;
    }

    private enum Retry {
        YES,
        NO
    }

    /** Its stable name, as in reports and the documentation: {@code registry-denied}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is explained: this project's documentation as the host calls it, with the code's own anchor. */
    public String help(HostWords words) {
        return words.page(PAGE) + "#" + id();
    }

    public Blame blame() {
        return blame;
    }

    public boolean retryable() {
        return retryable;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }

    /** One sentence in the host's words; a failure's own advice may be more precise. */
    public String advice(HostWords words) {
        return new Template(advice).fill(name -> "", words);
    }

    @Override
    public String toString() {
        return id();
    }
}
