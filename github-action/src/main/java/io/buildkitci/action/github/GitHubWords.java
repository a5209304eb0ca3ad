package io.buildkitci.action.github;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.words.HostWords;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How inputs and steps are called in a workflow: inputs are keys under {@code with:}, steps are actions. */
public final class GitHubWords implements HostWords {
    private static final String REMOVE_BUILDER = "remove-builder";
    private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
    private static final Pattern REF = Pattern.compile("[\\w./-]+");
    private static final Pattern SERVER = Pattern.compile("https://[\\w.:-]+");

    private final Optional<String> repository;
    private final Optional<String> ref;
    private final String server;

    private GitHubWords(Optional<String> repository, Optional<String> ref, String server) {
        this.repository = repository;
        this.ref = ref;
        this.server = server;
    }

    /**
     * Names the sibling actions as the running one was named.
     *
     * @param variables of the process; the runner sets {@code GITHUB_ACTION_REPOSITORY} and {@code GITHUB_ACTION_REF}
     *     for an action of another repository and leaves them empty for one of the workflow's own
     */
    public static GitHubWords from(Map<String, String> variables) {
        return new GitHubWords(
                Optional.ofNullable(variables.get("GITHUB_ACTION_REPOSITORY")).filter(REPOSITORY.asMatchPredicate()),
                Optional.ofNullable(variables.get("GITHUB_ACTION_REF")).filter(REF.asMatchPredicate()),
                Optional.ofNullable(variables.get("GITHUB_SERVER_URL"))
                        .filter(SERVER.asMatchPredicate())
                        .orElse("https://github.com"));
    }

    /** {@code 'platforms'}; one that the build does not have is named with the action that has it. */
    @Override
    public String input(String name) {
        boolean elsewhere = BuildInputs.ALL.named(name).isEmpty()
                && BuilderInputs.ALL.named(name).isPresent();
        return "'" + name + "'" + (elsewhere ? " of " + BuilderInputs.ALL.step() : "");
    }

    /** {@code the action owner/repo/setup-qemu@v1}, or just its name where the reference is not known. */
    @Override
    public String step(String name) {
        if (name.equals(REMOVE_BUILDER)) {
            return "docker buildx rm"; // a builder is removed at the end of its job: there is no action for it
        }
        String of = repository.map(r -> r + "/").orElse("");
        String at = repository.flatMap(r -> ref).map(r -> "@" + r).orElse("");
        return "the action " + of + name + at;
    }

    @Override
    public boolean has(String step) {
        return !step.equals("doctor");
    }

    @Override
    public String call(String step, Map<String, String> inputs) {
        if (step.equals(REMOVE_BUILDER)) {
            return step(step) + " " + inputs.getOrDefault("name", "<builder>");
        }
        return inputs.entrySet().stream()
                .map(input -> "'" + input.getKey() + ": " + input.getValue() + "'")
                .collect(Collectors.joining(" and ", step(step) + " with ", ""));
    }

    /** On the server that runs the workflow; of the commit or tag that the action was named with. */
    @Override
    public String page(String path) {
        return repository
                .map(r -> server + "/" + r + "/blob/" + ref.orElse("HEAD") + "/" + path)
                .orElse(path);
    }

    @Override
    public String variable(String name) {
        return "BUILDKIT_CI_" + name + " under 'env:'";
    }
}
