package io.buildkitci.model;

/** A name with a value: a build argument, label, annotation, build context, host or driver option. */
public record Setting(String name, String value) implements Rendered {
    /** {@code name=value}. */
    @Override
    public String render() {
        return name + "=" + value;
    }
}
