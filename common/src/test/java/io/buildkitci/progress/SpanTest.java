package io.buildkitci.progress;

import static io.buildkitci.progress.News.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTest {
    @Test
    void aSpanThatEndsBeforeItBeganIsEmpty() {
        assertThat(new Span(at(5), at(3)).length()).isZero();
    }

    @Test
    void spansThatTouchBecomeOne() {
        assertThat(Span.merge(List.of(new Span(at(2), at(3)), new Span(at(1), at(2)), new Span(at(4), at(5)))))
                .containsExactly(new Span(at(1), at(3)), new Span(at(4), at(5)));
    }

    @Test
    void theUnionCountsEachSecondThatIsCoveredOnce() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            boolean[] covered = new boolean[60];
            List<Span> spans = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                int from = random.nextInt(50);
                int to = from + random.nextInt(10);
                spans.add(new Span(at(from), at(to)));
                for (int second = from; second < to; second++) {
                    covered[second] = true;
                }
            }
            int seconds = 0;
            for (boolean second : covered) {
                seconds += second ? 1 : 0;
            }
            assertThat(Span.union(spans)).isEqualTo(Duration.ofSeconds(seconds));
        }
    }
}
