package io.buildkitci.input;

import java.util.regex.Pattern;

/** What a build context is: a place that BuildKit fetches itself, or a path here. */
final class ContextPath {
    // dfgitutil.ParseGitRef and urlutil.IsHTTPURL of BuildKit and buildx
    private static final Pattern REMOTE =
            Pattern.compile("(?:https?://|git://|ssh://|git@|github\\.com/|[\\w.-]+@[\\w.-]+:).*", Pattern.DOTALL);

    /** Replaced by the GitHub action with the URL of the commit. */
    private static final String DEFAULT_CONTEXT = "{{defaultContext}}";

    private ContextPath() {}

    static boolean isRemote(String context) {
        return REMOTE.matcher(context).matches() || context.startsWith(DEFAULT_CONTEXT);
    }

    /** Whether it names an image or a layout rather than files, as further contexts may. */
    static boolean isImage(String context) {
        return context.startsWith("docker-image://") || context.startsWith("oci-layout://");
    }

    static String child(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
