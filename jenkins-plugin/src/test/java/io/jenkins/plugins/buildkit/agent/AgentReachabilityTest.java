package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Tls;
import io.buildkitci.process.Reachability.Wrong;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentReachabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path workspace;

    private Optional<Refusal> reach(int port, Tls tls) throws Exception {
        return new AgentReachability(new FilePath(workspace.toFile())).tcp("127.0.0.1", port, tls, LIMIT);
    }

    @Test
    void whatIsWrongComesBackFromTheAgent() throws Exception {
        String missing = workspace.resolve("ca.pem").toString();
        Tls tls = new Tls(Optional.of(missing), Optional.empty(), Optional.empty(), Optional.of("builder.example"));

        try (Socket deaf = new Socket()) {
            deaf.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // nobody else listens there meanwhile

            assertThat(reach(deaf.getLocalPort(), Tls.NONE)).hasValueSatisfying(refusal -> {
                assertThat(refusal.wrong()).isEqualTo(Wrong.NOBODY);
                assertThat(refusal.why()).containsIgnoringCase("refused");
            });
            assertThat(reach(deaf.getLocalPort(), tls))
                    .contains(new Refusal(Wrong.FILE, "the file in cacert, " + missing + ", is not there"));
        }
    }
}
