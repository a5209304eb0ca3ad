package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.words.KnownWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client says and writes: a failure stays one with words for a person, and no exception escapes. */
class HostileClientTest {
    private static final String ALPHABET = "{}[]\"\\,:|>-= \u0000\u001b\u009b\u00e4\ud83d$()'`ERORsha256/0123456789.\t";

    private final Classifier classifier = new Classifier(KnownWords.KNOWN);

    static List<RecordedBuild> recordings() {
        return RecordedBuild.all().stream()
                .filter(build -> build.client().equals("0.36.1") && build.exit() != 0)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aDamagedRecordingIsStillAFailure(RecordedBuild build) {
        Random random = new Random(build.name().hashCode());
        for (int round = 0; round < 20; round++) {
            List<String> damaged = new ArrayList<>();
            for (String line : build.stderr()) {
                damaged.add(random.nextInt(3) == 0 ? damaged(line, random) : line);
            }
            RecordedBuild other =
                    new RecordedBuild(build.name(), build.driver(), build.client(), build.exit(), damaged);

            Optional<BuildFailure> failure = classifier.classify(other.evidence());

            assertThat(failure).isPresent();
            assertThat(failure.get().message()).isNotBlank().doesNotContain("\n");
            assertThat(failure.get().advice()).endsWith(".");
        }
    }

    private static String damaged(String line, Random random) {
        StringBuilder text = new StringBuilder(line);
        for (int i = 0; i <= random.nextInt(6); i++) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.setLength(at);
                default -> text.insert(at, text.substring(at / 2, at));
            }
        }
        return text.toString();
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsReadWhereJsonShouldBe(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"manifests\":[{\"platform\":" : "{");
        for (int i = 0; i < random.nextInt(200); i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }

        assertThatCode(() -> {
                    Metadata.parse(text.toString());
                    CheckAnswer.parse(text.toString());
                    ImageIndex.parse(text.toString());
                })
                .doesNotThrowAnyException();
    }
}
