package io.buildkitci.model;

import java.util.regex.Pattern;

/** Which release of a tool is wanted. */
public sealed interface ToolVersion extends Rendered {
    /** What {@link #parse} takes, for messages. */
    String ACCEPTED = "accepted are a release such as v0.36.1, a range such as ~0.36, ^0.30.1 or '>=0.30 <0.36',"
            + " latest, and edge";

    Pattern EXACT = Pattern.compile("v?(\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}(?:-[\\w.-]+)?)");

    /** One comparison of a range; a bare {@code 0.36} is one, too. */
    String COMPARISON = "(?:[~^=]|[<>]=?)?\\s*v?(?:\\d{1,6}|[xX*])(?:\\.(?:\\d{1,6}|[xX*])){0,2}(?:-[\\w.-]+)?";

    Pattern RANGE = Pattern.compile(COMPARISON + "(?:\\s*(?:\\s|\\|\\||\\s-\\s)\\s*" + COMPARISON + ")*");

    /** The newest release. */
    record Latest() implements ToolVersion {
        @Override
        public String render() {
            return "latest";
        }
    }

    /** The newest there is, be it a release or a candidate for one. */
    record Edge() implements ToolVersion {
        @Override
        public String render() {
            return "edge";
        }
    }

    /** @param version with its {@code v} */
    record Exact(String version) implements ToolVersion {
        @Override
        public String render() {
            return version;
        }
    }

    /** The newest release within a range, in npm's notation. */
    record Range(String text) implements ToolVersion {
        @Override
        public String render() {
            return text;
        }
    }

    /** @throws InvalidValue for what is none of {@link #ACCEPTED} */
    static ToolVersion parse(String given) throws InvalidValue {
        String text = given.strip();
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.equals("edge")) {
            return new Edge();
        }
        if (EXACT.matcher(text).matches()) {
            return new Exact(text.startsWith("v") ? text : "v" + text);
        }
        if (RANGE.matcher(text).matches()) {
            return new Range(text);
        }
        throw new InvalidValue(given, ACCEPTED);
    }
}
