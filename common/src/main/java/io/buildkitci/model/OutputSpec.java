package io.buildkitci.model;

/**
 * One {@code outputs} entry: what is done with the result.
 *
 * @param type {@code image}, {@code registry}, {@code docker}, {@code oci}, {@code local}, {@code tar} or
 *     {@code cacheonly}
 * @param attributes everything but the type
 */
public record OutputSpec(String type, Attributes attributes) implements Rendered {
    /** Whether this output sends the image to a registry. */
    public boolean pushes() {
        return type.equals("registry")
                || (type.equals("image")
                        && attributes.get("push").map(v -> v.equals("true")).orElse(false));
    }

    public boolean pushesByDigest() {
        return attributes.get("push-by-digest").map(v -> v.equals("true")).orElse(false);
    }

    /** As buildx takes it. */
    @Override
    public String render() {
        return Attributes.of("type", type).render() + (attributes.values().isEmpty() ? "" : "," + attributes.render());
    }
}
