package io.jenkins.plugins.buildkit.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.Outside;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTextTest {
    private static final Outside ANYTHING = new Outside(name -> Optional.of("set"), path -> true, path -> true);
    private static final String LETTERS = "ab,\"'\n\r\t =:;#\\$é|x";

    /** An input of each kind that takes nearly any text. */
    @ParameterizedTest
    @CsvSource({"labels, name=", "secrets, id=v", "ssh, id=/"})
    void textsOfListsAreSplitIntoTheSameItemsAgain(String input, String prefix) {
        InputSpec spec = BuildInputs.ALL.named(input).orElseThrow();
        Random random = new Random(20261124);
        for (int round = 0; round < 3000; round++) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                items.add(prefix.replaceFirst("(\\w+)", "$1" + i) + text(random));
            }
            BuildRequest apart = request(input, RawValue.of(items));
            BuildRequest joined = request(input, RawValue.of(ParameterText.of(spec, items)));
            assertThat(joined).as("%s", items).isEqualTo(apart);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text + "z";
    }

    private static BuildRequest request(String input, RawValue value) {
        Checked<BuildRequest> checked = BuildInputs.check(RawInput.of(Map.of(input, value)), ANYTHING);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuildRequest>) checked).value();
    }

    @Test
    void mapsAreSettingsAndListsOfMapsAreAttributes() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("VERSION", 1);
        settings.put("TITLE", "say \"hi\"");
        settings.put("NONE", null);
        assertThat(of("build-args", settings)).isEqualTo("VERSION=1\n\"TITLE=say \"\"hi\"\"\"\nNONE=");
        assertThat(of("add-hosts", Map.of("registry", List.of("10.0.0.5")))).isEqualTo("registry:10.0.0.5");
        Map<String, String> cache = new LinkedHashMap<>();
        cache.put("type", "registry");
        cache.put("ref", "r/a:b");
        assertThat(of("cache-from", List.of(cache, "type=gha"))).isEqualTo("type=registry,ref=r/a:b\ntype=gha");
        assertThat(of("outputs", List.of(Map.of("dest", "a,b")))).isEqualTo("\"\"\"dest=a,b\"\"\"");
    }

    @Test
    void quotesInsideOfALineAreItsOwn() {
        InputSpec lines = BuilderInputs.ALL.named("driver-opts").orElseThrow();

        assertThat(ParameterText.of(lines, List.of("\"env.A=1,2\"", "network=host")))
                .isEqualTo("\"env.A=1,2\"\nnetwork=host");
    }

    @Test
    void whatIsNoListStaysAsItIs() {
        assertThat(of("tags", "a,b\nc")).isEqualTo("a,b\nc");
        assertThat(of("platforms", Arrays.asList("linux/amd64", null, "linux/arm64")))
                .isEqualTo("linux/amd64,linux/arm64");
        assertThat(of("provenance", true)).isEqualTo("true");
        assertThat(of("shm-size", 67108864)).isEqualTo("67108864");
        assertThat(of("context", null)).isEmpty();
    }

    private static String of(String input, @Nullable Object value) {
        return ParameterText.of(BuildInputs.ALL.named(input).orElseThrow(), value);
    }
}
