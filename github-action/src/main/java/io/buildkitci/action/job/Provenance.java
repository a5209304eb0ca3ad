package io.buildkitci.action.job;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Attestations;
import io.buildkitci.model.Driver;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.plan.KeptProxies;
import java.util.ArrayList;
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
        Optional<String> provenance = asked.provenance().isPresent() ? asked.provenance() : unasked();
        List<AttestSpec> attests = new ArrayList<>();
        for (AttestSpec attest : asked.attests()) {
            attests.add(named(attest, run.get()));
        }
        return new Attestations(
                provenance.isPresent() ? Optional.of(named(provenance.get(), run.get())) : provenance,
                asked.sbom(),
                attests);
    }

    /** What is not made though a person may count on it. */
    List<String> notes() {
        if (!isDefault() || job.runUrl().isEmpty()) {
            return List.of();
        }
        if (!buildkitAttests()) {
            return List.of("no provenance is made: it needs BuildKit 0.11 or newer");
        }
        return !job.event().isPrivate() && KeptProxies.areIn(request, capabilities)
                ? List.of("provenance is made with mode=min: that of mode=max shows the password of a proxy")
                : List.of();
    }

    /** Of a public repository everybody sees it, passwords in build arguments too. */
    private Optional<String> unasked() {
        boolean privately = job.event().isPrivate() || KeptProxies.areIn(request, capabilities);
        return isDefault() && buildkitAttests() ? Optional.of(privately ? PRIVATELY : PUBLICLY) : Optional.empty();
    }

    /** Whether nobody said anything, and the result is one that can hold it. */
    private boolean isDefault() {
        return !isAsked()
                && job.switches().defaultAttestations()
                && builds()
                && !goesIntoAnEngine()
                && !isBuiltByAnEngine();
    }

    private boolean isAsked() {
        boolean asked = request.attestations().provenance().isPresent();
        for (AttestSpec attest : request.attestations().attests()) {
            asked |= attest.type().equals(TYPE);
        }
        return asked;
    }

    private boolean builds() {
        return request.source().call().orElse("build").startsWith("build");
    }

    private boolean goesIntoAnEngine() {
        boolean goes = request.delivery().load();
        for (OutputSpec output : request.delivery().outputs()) {
            goes |= output.type().equals("docker");
        }
        return goes;
    }

    private boolean isBuiltByAnEngine() {
        return capabilities.builder().driver().equals(Optional.of(Driver.DOCKER));
    }

    private boolean buildkitAttests() {
        for (NodeFacts node : capabilities.builder().nodes()) {
            Optional<Version> version = Version.parse(node.buildkit().orElse(""));
            if (version.isPresent() && !version.get().atLeast(0, 11)) {
                return false;
            }
        }
        return true;
    }

    private static AttestSpec named(AttestSpec attest, String run) {
        boolean complete = !attest.type().equals(TYPE)
                || attest.attributes().get(BUILDER_ID).isPresent()
                || attest.attributes().get("disabled").isPresent();
        return complete ? attest : new AttestSpec(TYPE, attest.attributes().with(BUILDER_ID, run));
    }

    /** @param text {@code true}, {@code false} or attributes, as inputs hold it */
    static String named(String text, String run) {
        String name = Attributes.of(BUILDER_ID, run).render();
        return switch (text) {
            case "false" -> text;
            case "true" -> name;
            default -> namesItsBuilder(text) ? text : text + "," + name;
        };
    }

    private static boolean namesItsBuilder(String attributes) {
        Matcher field = FIELD.matcher(attributes);
        while (field.find()) {
            String text = field.group(1) == null ? field.group(2) : field.group(1);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (name.strip().toLowerCase(Locale.ROOT).equals(BUILDER_ID)) {
                return true;
            }
        }
        return false;
    }
}
