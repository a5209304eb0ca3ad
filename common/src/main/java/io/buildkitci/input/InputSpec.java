package io.buildkitci.input;

import java.util.List;
import java.util.Locale;

/**
 * One input of a step: flags, environment names, help and documentation are made from it.
 *
 * @param name as the peer action calls it
 * @param kind how its text is read
 * @param defaultValue what holds when it is not given; empty means nothing
 * @param description one line
 * @param example one value
 * @param origin whether the name is a peer's
 * @param sensitive whether its value is never repeated in a message
 * @param aliases other names that are understood
 */
public record InputSpec(
        String name,
        Kind kind,
        String defaultValue,
        String description,
        String example,
        Origin origin,
        boolean sensitive,
        List<String> aliases) {
    /** How a text becomes values. */
    public enum Kind {
        /** A list split at commas and newlines. */
        CSV,
        /** A list split at newlines. */
        LIST,
        /** A list split at newlines whose items keep their spaces. */
        LIST_UNTRIMMED,
        /** A list split at newlines, whatever quotes are in it. */
        LINES,
        TEXT,
        /** {@code true|True|TRUE|false|False|FALSE}, as YAML's core schema. */
        BOOLEAN
    }

    /** Where a name comes from. */
    public enum Origin {
        PEER,
        OURS
    }

    public InputSpec {
        aliases = List.copyOf(aliases);
    }

    static InputSpec csv(String name, String description) {
        return new InputSpec(name, Kind.CSV, "", description, "", Origin.PEER, false, List.of());
    }

    static InputSpec list(String name, String description) {
        return csv(name, description).kind(Kind.LIST);
    }

    static InputSpec text(String name, String description) {
        return csv(name, description).kind(Kind.TEXT);
    }

    static InputSpec flag(String name, boolean defaultValue, String description) {
        return csv(name, description)
                .kind(Kind.BOOLEAN)
                .defaultsTo(Boolean.toString(defaultValue))
                .example("true");
    }

    InputSpec kind(Kind other) {
        return new InputSpec(name, other, defaultValue, description, example, origin, sensitive, aliases);
    }

    InputSpec defaultsTo(String value) {
        return new InputSpec(name, kind, value, description, example, origin, sensitive, aliases);
    }

    InputSpec example(String value) {
        return new InputSpec(name, kind, defaultValue, description, value, origin, sensitive, aliases);
    }

    InputSpec ours() {
        return new InputSpec(name, kind, defaultValue, description, example, Origin.OURS, sensitive, aliases);
    }

    /** The same input by another name, for a host in which its own is taken. */
    public InputSpec called(String other) {
        return new InputSpec(other, kind, defaultValue, description, example, origin, sensitive, List.of());
    }

    InputSpec secret() {
        return new InputSpec(name, kind, defaultValue, description, example, origin, true, aliases);
    }

    InputSpec alias(String... others) {
        return new InputSpec(name, kind, defaultValue, description, example, origin, sensitive, List.of(others));
    }

    public boolean isList() {
        return kind == Kind.CSV || kind == Kind.LIST || kind == Kind.LIST_UNTRIMMED || kind == Kind.LINES;
    }

    /** The name as environment variables carry it: {@code BUILD_ARGS}. */
    public String variable() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
