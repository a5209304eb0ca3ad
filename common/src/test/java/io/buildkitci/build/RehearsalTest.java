package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.report.Glyphs;
import io.buildkitci.report.TextReport;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void goesThroughAWholeBuild() {
        String report = Rehearsal.run(() -> new TextReport(Glyphs.ASCII));

        assertThat(report).contains("linux/amd64", "sha256:e3b0c442", "1 cached");
    }
}
