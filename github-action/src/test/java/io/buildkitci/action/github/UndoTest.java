package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndoTest {
    private static final List<String> PIECES = List.of(
            "a", "/", "\\", "\"", "\n", "\r", "\t", " ", "=", "<<", "é", "😀", "\u0000", "{", "}", "C:", "%0A", "::");

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        random.ints(random.nextInt(8), 0, PIECES.size()).forEach(piece -> text.append(PIECES.get(piece)));
        return text.toString();
    }

    private static Undo undo(Random random) {
        Optional<String> builder = random.nextInt(4) > 0 ? Optional.of(text(random)) : Optional.empty();
        Optional<String> previous = random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
        List<String> files = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            files.add(text(random));
        }
        return new Undo(builder, random.nextBoolean(), previous, files);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isReadBackAsItWasWritten(long seed) {
        Undo undo = undo(new Random(seed));
        boolean something = undo.builder().isPresent() || !undo.files().isEmpty();

        assertThat(undo.render().isEmpty()).isEqualTo(!something);
        assertThat(undo.render()).doesNotContain("\n", "\r");
        if (something) {
            assertThat(Undo.parse(undo.render())).isEqualTo(undo);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{", "{\"builder\":7,\"files\":\"/\"}", "{\"files\":{\"a\":1}}", "\u0000"})
    void whatIsNoStateUndoesNothing(String state) {
        assertThat(Undo.parse(state).render()).isEmpty();
    }

    @Test
    void filesOutliveABuilderThatIsSomebodyElses() {
        Undo undo = new Undo(Optional.of("ci"), true, Optional.of("mine"), List.of("/key.pem"));

        assertThat(undo.withoutBuilder())
                .isEqualTo(new Undo(Optional.empty(), false, Optional.empty(), List.of("/key.pem")));
    }
}
