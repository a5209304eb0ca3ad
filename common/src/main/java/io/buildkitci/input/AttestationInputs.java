package io.buildkitci.input;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest.Attestations;
import io.buildkitci.model.InvalidValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is attested. */
final class AttestationInputs {
    private static final List<String> TYPES = List.of("provenance", "sbom");

    private AttestationInputs() {}

    static Attestations read(InputReader in) {
        Attestations attestations = new Attestations(
                in.one("provenance", AttestationInputs::provenance),
                in.one("sbom", AttestationInputs::booleanOrAttributes),
                in.each("attests", AttestationInputs::attest));
        eachTypeOnce(attestations, in);
        return attestations;
    }

    /** buildx keeps one of two without a word. */
    private static void eachTypeOnce(Attestations attestations, InputReader in) {
        Set<String> seen = new HashSet<>();
        for (AttestSpec attest : attestations.attests()) {
            if (!seen.add(attest.type())) {
                in.problem("attests", attest.render(), "type=" + attest.type() + " is given twice");
            }
        }
        for (String type : TYPES) {
            if (seen.contains(type) && in.isGiven(type)) {
                in.problem("attests", "type=" + type, "given beside " + in.word(type) + "; drop one");
            }
        }
    }

    static String provenance(String text) throws InvalidValue {
        String checked = booleanOrAttributes(text);
        if (checked.indexOf('=') >= 0) {
            AttributesText.checkMode(text, AttributesText.parse(checked));
        }
        return checked;
    }

    static String booleanOrAttributes(String text) throws InvalidValue {
        Optional<Boolean> flag = InputReader.booleanOf(text);
        if (flag.isPresent()) {
            return flag.get().toString();
        }
        if (text.equals("min") || text.equals("max")) {
            throw new InvalidValue(text, "write mode=" + text);
        }
        if (text.indexOf('=') < 0) {
            throw new InvalidValue(text, "must be true, false or attributes such as mode=max");
        }
        AttributesText.parse(text);
        return text;
    }

    /** A bare boolean says whether the attestation is made at all. */
    private static AttestSpec attest(String text) throws InvalidValue {
        List<String> fields = new ArrayList<>();
        for (String field : AttributesText.fields(text)) {
            fields.add(InputReader.booleanOf(field).map(on -> "disabled=" + !on).orElse(field));
        }
        Attributes all = AttributesText.of(text, fields);
        String type = all.get("type").orElse("");
        if (!TYPES.contains(type)) {
            throw new InvalidValue(
                    text,
                    "needs a type; accepted are type=provenance and type=sbom" + Nearest.hint(type, TYPES.stream()));
        }
        AttributesText.booleanOf(all, "disabled");
        if (type.equals("provenance")) {
            AttributesText.checkMode(text, all);
        }
        return new AttestSpec(type, all.without("type"));
    }
}
