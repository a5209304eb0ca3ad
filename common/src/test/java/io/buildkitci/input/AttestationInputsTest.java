package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.AttestSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationInputsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | true",
                "FALSE | false",
                "mode=max | mode=max",
                "mode=min,inline-only=true,builder-id=https://x | mode=min,inline-only=true,builder-id=https://x",
            })
    void provenanceIsABooleanOrAttributes(String text, String given) {
        assertThat(BuildCheck.given("provenance", text).valid().attestations().provenance())
                .contains(given);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provenance | max | write mode=max",
                "provenance | yes | must be true, false or attributes",
                "provenance | mode=full | mode must be min or max",
                "provenance | mode=max,x | not of the form name=value",
                "sbom | 1 | must be true, false or attributes",
                "attests | mode=max | needs a type",
                "attests | type=provenence | did you mean 'provenance'?",
                "attests | type=provenance,mode=full | mode must be min or max",
                "attests | type=sbom,disabled=maybe | must be true or false",
            })
    void refusesWhatIsNeither(String input, String text, String why) {
        assertThat(BuildCheck.given(input, text).problem()).contains("--" + input + ": ", why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=sbom | type=sbom",
                "type=sbom,false | type=sbom,disabled=true",
                "type=provenance,true,mode=max | type=provenance,disabled=false,mode=max",
                "generator=g:1,type=sbom | type=sbom,generator=g:1",
            })
    void readsAnAttestation(String text, String rendered) {
        assertThat(BuildCheck.given("attests", text).valid().attestations().attests())
                .map(AttestSpec::render)
                .containsExactly(rendered);
    }

    @Test
    void anAttestationIsAskedForOnce() {
        assertThat(BuildCheck.given("attests", "type=sbom\ntype=sbom,false", "sbom", "true")
                        .problems())
                .containsExactly(
                        "--attests: 'type=sbom,disabled=true': type=sbom is given twice",
                        "--attests: 'type=sbom': given beside --sbom; drop one");
    }
}
