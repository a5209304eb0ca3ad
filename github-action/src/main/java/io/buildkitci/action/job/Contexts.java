package io.buildkitci.action.job;

import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Notice;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The inputs of a build with the job's default context where nothing or <code>{{defaultContext}}</code> was written, as
 * docker/build-push-action 7.3 understands {@code context} and {@code build-contexts}.
 *
 * <p>The peer's template engine writes {@code =} and {@code &} of a query as HTML entities, and appends
 * {@code :subdir} to it as if it were a fragment; here the URL stays one.
 *
 * @param inputs with the words that were used for them
 */
public record Contexts(RawInput inputs, List<Notice> notices) {
    /** The name, in two or three braces, and the directory below it up to the end of the item. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\{?\\s*defaultContext\\s*}?}}(?::([^\"\\r\\n]*))?");

    private static final String CONTEXT = "context";
    private static final String SOURCE = "source";
    private static final String BUILD_CONTEXTS = "build-contexts";
    private static final Notice NOWHERE = new Notice(
            CONTEXT,
            "GITHUB_REPOSITORY, or GITHUB_SHA and GITHUB_REF, are not set: the default is the current directory");

    public Contexts {
        notices = List.copyOf(notices);
    }

    /** Whether the client's version matters, which costs a process to ask for. */
    public static boolean dependOnTheVersion(Job job) {
        return GitContext.asksForQuery(job);
    }

    /** @param buildx the client's version; empty when it was not asked or does not say */
    public static Contexts fill(RawInput raw, Job job, Optional<Version> buildx) {
        return new Filling(GitContext.of(job, buildx), CONTEXT).fill(BuildInputs.ALL.canonical(raw));
    }

    /** The same for {@code source}, where the definition of a bake is. */
    public static Contexts source(RawInput raw, Job job, Optional<Version> buildx) {
        return new Filling(GitContext.of(job, buildx), SOURCE).fill(BakeInputs.ALL.canonical(raw));
    }

    private static final class Filling {
        private final Optional<GitContext> git;
        private final String input;
        private final List<Notice> notices = new ArrayList<>();

        Filling(Optional<GitContext> git, String input) {
            this.git = git;
            this.input = input;
        }

        Contexts fill(RawInput raw) {
            RawInput filled = RawText.with(raw, input, context(raw));
            RawInput all = raw.get(BUILD_CONTEXTS)
                    .map(given -> RawText.with(filled, BUILD_CONTEXTS, resolved(given)))
                    .orElse(filled);
            return new Contexts(all, notices);
        }

        private RawInput.Given context(RawInput raw) {
            RawInput.Given given = raw.get(input).orElse(new RawInput.Given(input, RawValue.of("")));
            return RawText.of(given.value()).isBlank()
                    ? new RawInput.Given(given.word(), RawValue.of(defaultContext("")))
                    : resolved(given);
        }

        private RawInput.Given resolved(RawInput.Given given) {
            RawValue value = given.value() instanceof RawValue.Items items
                    ? RawValue.of(items.items().stream().map(this::resolved).toList())
                    : RawValue.of(resolved(((RawValue.Text) given.value()).text()));
            return new RawInput.Given(given.word(), value);
        }

        private String resolved(String text) {
            return TEMPLATE.matcher(text).replaceAll(found -> {
                String directory = found.group(1) == null ? "" : found.group(1).strip();
                return Matcher.quoteReplacement(defaultContext(directory));
            });
        }

        private String defaultContext(String directory) {
            if (git.isEmpty() && notices.isEmpty()) {
                notices.add(NOWHERE);
            }
            return git.map(commit -> commit.render(directory))
                    .orElse(directory.isEmpty() || directory.equals(".") ? "." : "./" + directory);
        }
    }
}
