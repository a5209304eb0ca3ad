package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever gives a key to a cache that is read is told that the builder keeps it. */
class KeptKeysTest {
    private static final String BUCKET = "type=s3,region=eu,bucket=b";
    private static final String KEYS = ",access_key_id=planted-id,secret_access_key=planted-key";

    private static List<String> notes(Capabilities machine, String... inputs) {
        return Asked.of(inputs).plan(machine).notes().stream()
                .filter(note -> note.contains("history"))
                .toList();
    }

    @Test
    void theInputTheAttributesThePlaceAndWhatHelpsAreNamed() {
        assertThat(notes(Machines.container(), "cache-from", BUCKET + KEYS))
                .containsExactly(
                        "--cache-from: BuildKit keeps access_key_id, secret_access_key of type=s3 in clear text"
                                + " in the history of builder 'ci', where everybody who may use it can read them; what helps is"
                                + " a key that ends soon and can only read, none where the builder's machine has a role of its"
                                + " own, or another type of cache");
    }

    @Test
    void buildctlHandsThemOverTheSameWay() {
        assertThat(notes(Machines.daemon(), "cache-from", BUCKET + KEYS)).hasSize(1);
    }

    @Test
    void eachTypeIsNamedOnce() {
        assertThat(notes(
                        Machines.container(),
                        "cache-from",
                        BUCKET + KEYS + "\n" + BUCKET + KEYS + ",session_token=planted\n"
                                + "type=gha,url_v2=http://c.example/,token=planted"))
                .satisfiesExactly(
                        gha -> assertThat(gha)
                                .contains("keeps token of type=gha")
                                .doesNotContain("role"),
                        s3 -> assertThat(s3)
                                .contains("keeps access_key_id, secret_access_key, session_token of type=s3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BUCKET,
                "type=registry,ref=r.example/a:c",
                "type=azblob,account_url=https://a.example,name=n",
                "type=gha,scope=x"
            })
    void whereThereIsNoKeyNothingIsSaid(String entry) {
        assertThat(notes(Machines.container(), "cache-from", entry)).isEmpty();
    }

    @Test
    void aCacheThatIsOnlyWrittenIsNotKept() {
        assertThat(notes(Machines.container(), "cache-to", BUCKET + KEYS)).isEmpty();
    }
}
