package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.InvalidValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTextTest {
    @Test
    void readsOneRecord() throws InvalidValue {
        Attributes attributes = AttributesText.parse("Type=registry, ref=r.example/app:1,\"dest=a,b\",x=a=b,empty=");

        assertThat(attributes)
                .isEqualTo(Attributes.of("type", "registry")
                        .with("ref", "r.example/app:1")
                        .with("dest", "a,b")
                        .with("x", "a=b")
                        .with("empty", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "type=x,y", "=x", "a=1,a=2", "a=1,A=2", "a=1\nb=2", "a=1,\"b=2"})
    void refusesWhatIsNotNamesAndValues(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> AttributesText.parse(text));
    }

    @Test
    void parsesWhatAttributesRender() throws InvalidValue {
        Random random = new Random(11);
        for (int round = 0; round < 1000; round++) {
            Attributes attributes = Attributes.NONE;
            for (int i = 0; i <= random.nextInt(4); i++) {
                attributes = attributes.with("n" + i, value(random));
            }

            assertThat(AttributesText.parse(attributes.render())).isEqualTo(attributes);
        }
    }

    /** Blanks at the end are not kept: fields are trimmed. */
    private static String value(Random random) {
        String alphabet = "ab,\"\n\r= ;'/\\";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().stripTrailing();
    }
}
