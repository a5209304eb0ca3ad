package io.buildkitci.install;

import java.net.URI;
import java.util.Optional;

/**
 * Where releases are fetched from.
 *
 * @param files what stands before {@code /<owner>/<name>/releases/download/<tag>/<file>}
 * @param api address of GitHub's REST interface; empty where there is none, and a file {@code
 *     /<owner>/<name>/releases.json} beside the releases tells which there are
 * @param token for the interface; a secret
 */
public record Source(String files, Optional<String> api, Optional<String> token) {
    public static final String GITHUB = "https://github.com";
    private static final String GITHUB_API = "https://api.github.com";

    public Source {
        files = files.replaceFirst("/+$", "");
        api = api.map(address -> address.replaceFirst("/+$", ""));
    }

    /** @param token without which GitHub answers fewer questions */
    public static Source github(Optional<String> token) {
        return new Source(GITHUB, Optional.of(GITHUB_API), token);
    }

    /** @param base what stands for {@link #GITHUB} in a closed network */
    public static Source mirror(String base) {
        return new Source(base, Optional.empty(), Optional.empty());
    }

    URI file(Release release, String name) {
        Tool tool = release.tool();
        return URI.create(
                files + "/" + tool.repository() + "/releases/download/" + tool.tag(release.version()) + "/" + name);
    }

    /** A part of the list of a tool's releases, from 1; empty behind the last. */
    Optional<URI> list(Tool tool, int page) {
        if (api.isPresent()) {
            return Optional.of(
                    URI.create(api.get() + "/repos/" + tool.repository() + "/releases?per_page=100&page=" + page));
        }
        return page == 1
                ? Optional.of(URI.create(files + "/" + tool.repository() + "/releases.json"))
                : Optional.empty();
    }

    /** What the interface tells of one release; empty where there is no interface. */
    Optional<URI> described(Release release) {
        return api.map(address -> URI.create(address + "/repos/"
                + release.tool().repository() + "/releases/tags/"
                + release.tool().tag(release.version())));
    }

    /** What it is called in messages. */
    String host() {
        return URI.create(files).getAuthority();
    }

    @Override
    public String toString() {
        return "Source[" + files + ", " + api + (token.isPresent() ? ", with a token" : "") + "]";
    }
}
