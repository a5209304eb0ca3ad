package io.buildkitci.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which last words of a step say that the builder's disk is full. */
class NoRoomTest {
    private static Optional<Finding> of(String step, List<String> output) {
        return NoRoom.of(new FailedStep(step, Optional.empty(), Optional.empty(), "exit code: 1", output), "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd: error writing '/big': No space left on device",
                "tar: usr/lib/x.so: Cannot write: No space left on device",
                "OSError: [Errno 28] No space left on device: '/app/x'",
                "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
                "npm ERR! nospc ENOSPC: no space left on device, write",
                "java.io.IOException: No space left on device",
                "write /go/pkg/mod/x: no space left on device",
                "error: could not write output to /target/x.o: No space left on device (os error 28)",
                "/usr/bin/ld: final link failed: No space left on device",
                "E: You don't have enough free space in /var/cache/apt/archives/.",
                "cannot copy extracted data for './usr/bin/x' to '/usr/bin/x.dpkg-new': failed to write (No space left on"
                        + " device)",
                "cp: error writing '/x': Disk quota exceeded"
            })
    void programsSaySoInManyWays(String line) {
        assertThat(of("RUN make", List.of("begin", line, "make: *** [all] Error 1")))
                .map(Finding::code)
                .contains(FailureCode.DISK_FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no space left on device",
                "remote: fatal: write error: No space left on device",
                "ok 3 - says 'No space left on device' when it should",
                "checking what happens without space left: nothing"
            })
    void noOtherWordsAreTakenForIt(String line) {
        assertThat(of("RUN make", List.of(line))).isEmpty();
    }

    @Test
    void onlyTheLastLinesCount() {
        List<String> output = new ArrayList<>(List.of("dd: /x: No space left on device"));
        output.addAll(Collections.nCopies(9, "then"));
        assertThat(of("RUN make", output)).isPresent();

        output.add("");
        assertThat(of("RUN make", output)).isPresent();
        output.add("then");
        assertThat(of("RUN make", output)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN --mount=type=tmpfs,target=/t make | dd: error writing '/t/x': No space left on device | left in /t,",
                "RUN --mount=target=/t/,type=tmpfs make | dd: error writing '/t/x': No space left on device | left in /t,",
                "RUN make | dd: error writing '/dev/shm/x': No space left on device | left in /dev/shm,",
                "RUN --mount=type=tmpfs,dst=/t make | tar: x: Cannot write: No space left on device | disk or in /t,"
            })
    void aStepThatFillsWhatItHasInMemoryFailsByItself(String step, String line, String told) {
        assertThat(of(step, List.of(line))).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo(FailureCode.STEP_FAILED);
            assertThat(finding.message()).contains(told);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN --mount=type=tmpfs,target=/t make | dd: error writing '/tools/x': No space left on device",
                "RUN --mount=type=cache,target=/t make | dd: error writing '/t/x': No space left on device"
            })
    void whatIsNotInMemoryIsOnTheDisk(String step, String line) {
        assertThat(of(step, List.of(line))).map(Finding::code).contains(FailureCode.DISK_FULL);
    }
}
