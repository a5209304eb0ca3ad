package io.buildkitci.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootlessTest {
    /** Of rootlesskit 2.3.6, as they were seen; the second and fourth after its and the kernel's source. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    failed to compute uid/gid map: No subuid ranges found for user 4243 ("its")     | --add-subuids
                    failed to compute uid/gid map: No subgid ranges found for user 4243 ("its")     | --add-subgids
                    newuidmap 707 [0 4242 1] failed: newuidmap: write to uid_map failed: Operation not permitted | setuid
                    failed to start the child: fork/exec /proc/self/exe: operation not permitted    | unprivileged_userns_clone
                    failed to start the child: fork/exec /proc/self/exe: no space left on device    | max_user_namespaces
                    """)
    void saysWhatHelps(String said, String advice) {
        assertThat(Rootless.remedy(List.of("time=x level=warning", "[rootlesskit:parent] error: " + said)))
                .hasValueSatisfying(
                        remedy -> assertThat(remedy).contains(advice).contains("as root"));
    }

    @Test
    void knowsNoRemedyForWhatItHasNeverSeen() {
        assertThat(Rootless.remedy(List.of("buildkitd: toml: line 1"))).isEmpty();
    }
}
