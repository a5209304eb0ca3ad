package io.buildkitci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
    private final List<String> journal = new ArrayList<>();

    @Test
    void aViewThatGoesOnKnowsLinesEndingsAndRemarksOfTheLastOne() {
        Shown first = Shown.after(List.of(), journal::add);
        for (int i = 0; i < 3; i++) {
            assertThat(first.hasLine("sha256:a")).isFalse();
        }
        first.lines("sha256:a", 2);
        assertThat(first.hasEnding("sha256:b", "CACHED")).isFalse();
        assertThat(first.hasRemark("WARNING  a b")).isFalse();

        Shown second = Shown.after(journal, journal::add);

        assertThat(List.of(second.hasLine("sha256:a"), second.hasLine("sha256:a"), second.hasLine("sha256:a")))
                .containsExactly(true, true, false);
        assertThat(second.hasEnding("sha256:b", "CACHED")).isTrue();
        assertThat(second.hasEnding("sha256:b", "DONE")).isFalse();
        assertThat(second.hasRemark("WARNING  a b")).isTrue();
        assertThat(second.hasRemark("WARNING  a b")).isFalse();
    }

    @Test
    void linesOfSeveralViewsAddUp() {
        Shown first = Shown.after(List.of(), journal::add);
        first.lines("a", 2);
        Shown second = Shown.after(journal, journal::add);
        second.lines("a", 3);

        Shown third = Shown.after(journal, journal::add);

        for (int i = 0; i < 5; i++) {
            assertThat(third.hasLine("a")).isTrue();
        }
        assertThat(third.hasLine("a")).isFalse();
    }

    @Test
    void aJournalThatWasCutInTheMiddleOfALineIsReadAsFarAsItGoes() {
        Shown shown = Shown.after(List.of("lines 2 a", "lines x a", "lines", "endi"), journal::add);

        assertThat(List.of(shown.hasLine("a"), shown.hasLine("a"), shown.hasLine("a")))
                .containsExactly(true, true, false);
        assertThat(shown.hasEnding("a", "DONE")).isFalse();
    }
}
