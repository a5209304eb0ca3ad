package io.buildkitci.model;

/** A name with a value: a build argument, label, annotation, build context, host or driver option. */
public record Setting(String name, String value) {
    /** {@code name=value}. */
    public String render() {
        return name + "=" + value;
    }
}
