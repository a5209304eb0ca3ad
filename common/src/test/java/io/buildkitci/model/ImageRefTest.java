package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {
    private static final String SHA = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "alpine, '', alpine, ''",
        "alpine:3.22, '', alpine, 3.22",
        "library/alpine, '', library/alpine, ''",
        "localhost/app, localhost, app, ''",
        "localhost:5000/app:1, localhost:5000, app, 1",
        "registry.example/team/app:v1.2_3-x, registry.example, team/app, v1.2_3-x",
        "Registry.Example/app, Registry.Example, app, ''",
        "[::1]:5000/app:1, [::1]:5000, app, 1",
        "f/a__b.c-d--e, '', f/a__b.c-d--e, ''",
        "ghcr.io/o/a:UPPER, ghcr.io, o/a, UPPER",
    })
    void splitsAReference(String text, String domain, String path, String tag) throws InvalidValue {
        ImageRef ref = ImageRef.parse(text);

        assertThat(ref).isEqualTo(new ImageRef(domain, path, tag, ""));
        assertThat(ref.render()).isEqualTo(text);
    }

    @Test
    void keepsADigestBesideATag() throws InvalidValue {
        assertThat(ImageRef.parse("app:1@" + SHA)).isEqualTo(new ImageRef("", "app", "1", SHA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "app:",
                "app:.1",
                "app:-x",
                "app:a b",
                "app@",
                "app@sha256:12",
                "app@latest",
                "/app",
                "app/",
                "a//b",
                "-app",
                "app_",
                "a___b",
                "https://registry.example/app",
                "registry.example/app:1,registry.example/app:2",
                "registry.example:port/app",
                "a__b.example/app",
                "-x.example/app",
                "app\n"
            })
    void refusesWhatIsNoReference(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ImageRef.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/MyOrg/App:1, myorg/app",
        "MyOrg/app, myorg/app",
        "App, app",
    })
    void saysHowARepositoryIsWrittenInLowerCaseAndChangesNothing(String text, String lower) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> ImageRef.parse(text))
                .satisfies(e -> assertThat(e.reason()).contains("'" + lower + "'"));
    }

    @Test
    void refusesADigestWhoseHexIsNotOfItsAlgorithmsLength() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> ImageRef.parse("app@" + SHA.substring(0, SHA.length() - 1)));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ImageRef.parse("app@" + SHA + "0"));
    }

    @Test
    void limitsTagsTo128AndNamesTo255Characters() throws InvalidValue {
        assertThat(ImageRef.parse("app:" + "t".repeat(128)).tag()).hasSize(128);
        assertThat(ImageRef.parse("n".repeat(255)).path()).hasSize(255);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ImageRef.parse("app:" + "t".repeat(129)));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ImageRef.parse("n".repeat(256)));
    }

    @Test
    void rendersWhatItParses() throws InvalidValue {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            String text =
                    (random.nextBoolean() ? pick(random, "localhost", "r.example:443", "[fe80::1]:5000") + "/" : "")
                            + pick(random, "a", "a/b", "a-b/c_d/e.f", "0/1__2")
                            + (random.nextBoolean() ? ":" + pick(random, "1", "v1.0", "_x", "A-B") : "")
                            + (random.nextBoolean() ? "@" + SHA : "");

            assertThat(ImageRef.parse(text).render()).isEqualTo(text);
        }
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
