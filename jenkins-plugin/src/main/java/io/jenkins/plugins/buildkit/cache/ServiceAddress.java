package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.model.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of cache services. */
final class ServiceAddress {
    private ServiceAddress() {}

    /** @return with a slash at its end */
    static URI parse(String text) throws InvalidValue {
        try {
            URI uri = new URI(text.endsWith("/") ? text : text + "/");
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new InvalidValue(text, "no address of a cache service, as http://cache.example:8321/");
    }
}
