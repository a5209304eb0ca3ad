package io.buildkitci.model;

/**
 * One {@code cache-from} or {@code cache-to} entry.
 *
 * @param type {@code inline}, {@code registry}, {@code local}, {@code gha}, {@code s3}, {@code azblob} or one that only
 *     the builder knows
 * @param attributes everything but the type
 */
public record CacheSpec(String type, Attributes attributes) implements Rendered {
    /** As buildx takes it. Attributes can carry credentials: not for logs. */
    @Override
    public String render() {
        return new Attributes(java.util.Map.of("type", type)).render()
                + (attributes.values().isEmpty() ? "" : "," + attributes.render());
    }

    public CacheSpec with(String name, String value) {
        return new CacheSpec(type, attributes.with(name, value));
    }

    @Override
    public String toString() {
        return "CacheSpec[" + type + " " + attributes.values().keySet() + "]";
    }
}
