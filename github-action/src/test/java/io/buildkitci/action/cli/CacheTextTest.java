package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.json.PlainJson;
import org.junit.jupiter.api.Test;

class CacheTextTest {
    @Test
    void showsEachScopeBelowItsNamespace() {
        String text = CacheText.stats(PlainJson.parse("""
                {"bytes":3221225472,"quota":53687091200,"contents":12,
                 "sinceStart":{"stored":20,"refused":1,"evicted":2,"dropped":0},
                 "namespaces":[{"name":"team/app","bytes":3221225472,"entries":14,"hits":9,"misses":3,"evicted":2,
                   "used":1700000000999,"scopes":[{"name":"refs/heads/main","bytes":900,"entries":14,"used":0}]}]}"""));
        assertThat(text.lines())
                .containsExactly(
                        "keeps 3.0 GiB of 50.0 GiB in 12 contents",
                        "since its start: 20 stored, 1 refused, 2 evicted for want of room, 0 dropped as lost or damaged",
                        "",
                        "namespace, scope                               size  entries     hits   misses  evicted  last used",
                        "team/app                                    3.0 GiB       14        9        3        2  2023-11-14T22:13:20Z",
                        "  refs/heads/main                             900 B       14        0        0        0  never");
    }

    @Test
    void aDirectoryWithoutItsServiceHasNoQuotaToTell() {
        PlainJson nothing = PlainJson.parse("{\"bytes\":0,\"quota\":9223372036854775807,\"contents\":0}");
        assertThat(CacheText.stats(nothing))
                .startsWith("keeps 0 B of what its service is started with in 0 contents")
                .doesNotContain("namespace");
    }

    @Test
    void saysWhatWasDoneAlsoWhenThatIsNothing() {
        assertThat(CacheText.removed(PlainJson.parse("{\"removed\":0}"))).isEqualTo("there was nothing to remove");
        assertThat(CacheText.removed(PlainJson.parse("{\"removed\":3}"))).isEqualTo("removed 3 that nothing needs");
        assertThat(CacheText.damaged(PlainJson.parse("{\"damaged\":0}"))).isEqualTo("all that is kept is sound");
        assertThat(CacheText.damaged(PlainJson.parse("{\"damaged\":1}"))).startsWith("removed 1 damaged");
    }

    @Test
    void sizesAreInTheUnitThatSuitsThem() {
        assertThat(CacheText.bytes(1023)).isEqualTo("1023 B");
        assertThat(CacheText.bytes(1024)).isEqualTo("1.0 KiB");
        assertThat(CacheText.bytes(1L << 50)).isEqualTo("1024.0 TiB");
    }
}
