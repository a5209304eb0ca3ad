package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamingInputsTest {
    @Test
    void reportsEveryInvalidTagAtOnce() {
        assertThat(BuildCheck.given("tags", "ok:1,Bad/App:1,app:.x,app@sha256:" + "0".repeat(64))
                        .problems())
                .hasSize(3)
                .allMatch(p -> p.startsWith("--tags: '"))
                .anyMatch(p -> p.contains("cannot hold a digest"));
    }

    @Test
    void readsLabelsAsBuildxDoes() {
        assertThat(BuildCheck.given("labels", "a=1,2\nbare\n b = x ")
                        .valid()
                        .naming()
                        .labels())
                .containsExactly(new Setting("a", "1,2"), new Setting("bare", ""), new Setting("b", " x"));
        assertThat(BuildCheck.given("labels", "=1").problem()).contains("has no name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title=app",
                "manifest:title=app",
                "index,manifest:title=a:b=c",
                "manifest[linux/amd64]:title=app",
                "manifest-descriptor[linux/arm/v7],index-descriptor:title="
            })
    void acceptsAnnotations(String annotation) {
        assertThat(BuildCheck.given("annotations", annotation).valid().naming().annotations())
                .map(Setting::render)
                .containsExactly(annotation);
    }

    @ParameterizedTest
    @CsvSource({
        "title, has no '='",
        "layer:title=x, cannot be annotated",
        "manifest[plan9/x]:title=x, unknown platform",
        "manifest:=x, has no name",
    })
    void refusesAnnotationsOfNothing(String annotation, String why) {
        assertThat(BuildCheck.given("annotations", annotation).problem()).contains("--annotations: ", why);
    }
}
