package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys of caches reach buildx where no other user of the machine sees them. */
class CacheKeysTest {
    private static final String BUCKET = "type=s3,region=eu,bucket=b";
    private static final String KEYS = ",access_key_id=planted-id,secret_access_key=planted-key";

    @Test
    void keysOfABucketTravelInTheEnvironment() {
        BuildPlan plan = plan("cache-from", BUCKET + KEYS, "cache-to", BUCKET + ",mode=max" + KEYS);

        assertThat(plan.argv()).contains(BUCKET, BUCKET + ",mode=max").noneMatch(text -> text.contains("planted"));
        assertThat(plan.environment())
                .containsAllEntriesOf(Map.of(
                        "AWS_ACCESS_KEY_ID", "planted-id",
                        "AWS_SECRET_ACCESS_KEY", "planted-key",
                        "AWS_SESSION_TOKEN", ""));
        assertThat(plan.toString() + plan.describe()).doesNotContain("planted");
    }

    @Test
    void aTokenOfTheRunnersCacheDoesToo() {
        BuildPlan plan = plan("cache-to", "type=gha,url_v2=http://c.example/,token=planted-token,scope=x");

        assertThat(plan.argv()).contains("type=gha,url_v2=http://c.example/,scope=x");
        assertThat(plan.environment()).containsEntry("ACTIONS_RUNTIME_TOKEN", "planted-token");
    }

    @Test
    void entriesWithDifferentKeysKeepThemAndItIsSaid() {
        BuildPlan plan = plan("cache-from", BUCKET + KEYS, "cache-to", BUCKET + KEYS + "2");

        assertThat(plan.argv()).contains(BUCKET + KEYS, BUCKET + KEYS + "2");
        assertThat(plan.environment()).doesNotContainKey("AWS_ACCESS_KEY_ID");
        assertThat(plan.notes()).anyMatch(note -> note.contains("every user of this machine can see"));
    }

    @Test
    void halfOfAKeyStaysWithWhatTheEnvironmentHas() {
        BuildPlan plan = plan("cache-to", BUCKET + ",access_key_id=planted-id");

        assertThat(plan.argv()).contains(BUCKET + ",access_key_id=planted-id");
        assertThat(plan.environment()).doesNotContainKey("AWS_ACCESS_KEY_ID");
    }

    @Test
    void aKeyThatBuildxTakesFromNoVariableIsSaidToBeSeen() {
        assertThat(plan("cache-to", "type=azblob,account_url=https://a.example,name=n,secret_access_key=planted")
                        .notes())
                .anyMatch(note -> note.contains("every user of this machine can see"));
    }

    private static BuildPlan plan(String... inputs) {
        return Asked.of(inputs).plan(Machines.container());
    }
}
