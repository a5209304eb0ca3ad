package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributesTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("plain", "n=plain"),
                Arguments.of("", "n="),
                Arguments.of("a=b", "n=a=b"),
                Arguments.of("a b", "n=a b"),
                Arguments.of("a,b", "\"n=a,b\""),
                Arguments.of("say \"x\"", "\"n=say \"\"x\"\"\""),
                Arguments.of("two\nlines", "\"n=two\nlines\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void quotesOnlyWhatNeedsIt(String value, String rendered) {
        assertThat(Attributes.of("n", value).render()).isEqualTo(rendered);
    }

    @Test
    void keepsTheOrderAndThePlaceOfAReplacedAttribute() {
        Attributes attributes = Attributes.of("z", "1").with("a", "2").with("z", "3");

        assertThat(attributes.render()).isEqualTo("z=3,a=2");
        assertThat(attributes.without("z").render()).isEqualTo("a=2");
    }

    @Test
    void holdsACopy() {
        Map<String, String> values = new LinkedHashMap<>(Map.of("a", "1"));
        Attributes attributes = new Attributes(values);
        values.put("b", "2");

        assertThat(attributes.values()).containsOnlyKeys("a");
    }

    @Test
    void showsNoValueOfACredential() {
        CacheSpec spec = new CacheSpec("s3", Attributes.of("secret_access_key", "hunter2"));

        assertThat(spec.attributes().toString()).isEqualTo("Attributes[secret_access_key]");
        assertThat(spec.toString()).doesNotContain("hunter2");
        assertThat(spec.render()).isEqualTo("type=s3,secret_access_key=hunter2");
    }

    @Test
    void aSecretShowsNothing() {
        assertThat(new SecretSpec("id", new SecretSpec.Value(new Secret("hunter2"))).toString())
                .doesNotContain("hunter2");
    }
}
