package io.buildkitci.action.job;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Attestations;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.NodeFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The provenance of one build, as docker/build-push-action 7.3 makes it ({@code getAttestArgs} of its
 * {@code context.ts}, {@code resolveProvenanceAttrs} of docker/actions-toolkit): every one names the run as its builder.
 */
final class Provenance {
    private static final String TYPE = "provenance";
    private static final String BUILDER_ID = "builder-id";

    /** buildx's own default, see {@code build/opt.go} of buildx 0.36. */
    private static final String PRIVATELY = "mode=min,inline-only=true";

    private static final String PUBLICLY = "mode=max";

    /** One field of a CSV record: in quotes, or up to the next comma. */
    private static final Pattern FIELD = Pattern.compile("(?:^|,)\\s*+(?:\"((?:[^\"]|\"\")*+)\"|([^,]*+))");

    private final BuildRequest request;
    private final Job job;
    private final Capabilities capabilities;

    Provenance(BuildRequest request, Job job, Capabilities capabilities) {
        this.request = request;
        this.job = job;
        this.capabilities = capabilities;
    }

    Attestations attestations() {
        Attestations asked = request.attestations();
        Optional<String> run = job.runUrl();
        if (run.isEmpty()) {
            return asked;
        }
        Optional<String> provenance = asked.provenance().or(this::unasked).map(text -> named(text, run.get()));
        return new Attestations(
                provenance,
                asked.sbom(),
                asked.attests().stream().map(attest -> named(attest, run.get())).toList());
    }

    /** What is not made though a person may count on it. */
    List<String> notes() {
        return isDefault() && job.runUrl().isPresent() && !buildkitAttests()
                ? List.of("no provenance is made: it needs BuildKit 0.11 or newer")
                : List.of();
    }

    private Optional<String> unasked() {
        return isDefault() && buildkitAttests()
                ? Optional.of(job.event().isPrivate() ? PRIVATELY : PUBLICLY)
                : Optional.empty();
    }

    /** Whether nobody said anything, and the result is one that can hold it. */
    private boolean isDefault() {
        boolean asked = request.attestations().provenance().isPresent()
                || request.attestations().attests().stream()
                        .anyMatch(attest -> attest.type().equals(TYPE));
        return !asked
                && job.switches().defaultAttestations()
                && builds()
                && !goesIntoAnEngine()
                && !isBuiltByAnEngine();
    }

    private boolean builds() {
        return request.source().call().map(call -> call.startsWith("build")).orElse(true);
    }

    private boolean goesIntoAnEngine() {
        return request.delivery().load()
                || request.delivery().outputs().stream()
                        .anyMatch(output -> output.type().equals("docker"));
    }

    private boolean isBuiltByAnEngine() {
        return capabilities.builder().driver().equals(Optional.of(Driver.DOCKER));
    }

    private boolean buildkitAttests() {
        return capabilities.builder().nodes().stream()
                .flatMap(node -> version(node).stream())
                .allMatch(version -> version.atLeast(0, 11));
    }

    private static Optional<Version> version(NodeFacts node) {
        return node.buildkit().flatMap(Version::parse);
    }

    private static AttestSpec named(AttestSpec attest, String run) {
        boolean complete = !attest.type().equals(TYPE)
                || attest.attributes().get(BUILDER_ID).isPresent()
                || attest.attributes().get("disabled").isPresent();
        return complete ? attest : new AttestSpec(TYPE, attest.attributes().with(BUILDER_ID, run));
    }

    /** @param text {@code true}, {@code false} or attributes, as inputs hold it */
    private static String named(String text, String run) {
        String name = Attributes.of(BUILDER_ID, run).render();
        return switch (text) {
            case "false" -> text;
            case "true" -> name;
            default -> namesItsBuilder(text) ? text : text + "," + name;
        };
    }

    private static boolean namesItsBuilder(String attributes) {
        Matcher field = FIELD.matcher(attributes);
        return field.results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(text -> text.replaceFirst("=.*", "").strip().toLowerCase(Locale.ROOT))
                .anyMatch(BUILDER_ID::equals);
    }
}
