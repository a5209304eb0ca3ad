package io.buildkitci.model;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a tool that is missing is got from. */
public sealed interface InstallSource extends Rendered {
    /** What {@link #parse} takes, for messages. */
    String ACCEPTED = "accepted are releases, packages, and the http(s) address of a mirror of https://github.com";

    /** The releases of its project on GitHub. */
    record Releases() implements InstallSource {
        @Override
        public String render() {
            return "releases";
        }
    }

    /** The distribution's packages. */
    record Packages() implements InstallSource {
        @Override
        public String render() {
            return "packages";
        }
    }

    /** @param address what stands for {@code https://github.com} in a closed network */
    record Mirror(String address) implements InstallSource {
        @Override
        public String render() {
            return address;
        }
    }

    /** @throws InvalidValue for what is none of {@link #ACCEPTED} */
    static InstallSource parse(String text) throws InvalidValue {
        return switch (text) {
            case "releases" -> new Releases();
            case "packages" -> new Packages();
            default -> mirror(text);
        };
    }

    private static Mirror mirror(String text) throws InvalidValue {
        try {
            URI address = new URI(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return new Mirror(text);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new InvalidValue(text, ACCEPTED);
    }
}
