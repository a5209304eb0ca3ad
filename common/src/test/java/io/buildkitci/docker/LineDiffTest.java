package io.buildkitci.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void showsWhatIsAddedWithWhatIsAround() {
        assertThat(LineDiff.between("f", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\ny\n6\n7\n8\n"))
                .containsExactly(
                        "--- f", "+++ f", "@@ -2,7 +2,8 @@", " 2", " 3", " 4", "-5", "+x", "+y", " 6", " 7", " 8");
    }

    @Test
    void aNewFileIsAllNew() {
        assertThat(LineDiff.between("f", "", "{\n}\n"))
                .containsExactly("--- f", "+++ f", "@@ -0,0 +1,2 @@", "+{", "+}");
        assertThat(LineDiff.between("f", "same\n", "same\n")).isEmpty();
    }
}
