package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.FailureCode;
import io.buildkitci.words.KnownWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/failures.md} is what the table of codes says. To make it anew:
 *
 * <pre>mvn -q -Dquick -pl common test -Dtest=FailurePageTest -Dbuildkitci.write</pre>
 */
class FailurePageTest {
    private static final Path PAGE = Path.of("../docs/failures.md");

    @Test
    void thePageIsMadeFromTheTable() throws IOException {
        String made = FailurePage.render();
        if (System.getProperty("buildkitci.write") != null) {
            Files.writeString(PAGE, made);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource
    void theHelpOfACodeIsAHeadingOfThePage(FailureCode code) throws IOException {
        String[] help = code.help(KnownWords.KNOWN).split("#", -1);

        assertThat(Path.of("..").resolve(help[0])).isRegularFile();
        assertThat(Files.readString(Path.of("..").resolve(help[0]))).contains("\n## " + help[1] + "\n");
    }
}
