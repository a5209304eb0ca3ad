package io.buildkitci.model;

/**
 * One attestation to add to the result, or to leave out ({@code disabled=true}).
 *
 * @param type {@code provenance} or {@code sbom}
 * @param attributes everything but the type
 */
public record AttestSpec(String type, Attributes attributes) implements Rendered {
    /** As {@code --attest} takes it. */
    @Override
    public String render() {
        return Attributes.of("type", type).render() + (attributes.values().isEmpty() ? "" : "," + attributes.render());
    }
}
