package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.builder.RemoteEndpoint.Container;
import io.buildkitci.builder.RemoteEndpoint.Indirect;
import io.buildkitci.builder.RemoteEndpoint.Ssh;
import io.buildkitci.builder.RemoteEndpoint.Tcp;
import io.buildkitci.builder.RemoteEndpoint.Unix;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteEndpointTest {
    static Stream<Arguments> endpoints() {
        return Stream.of(
                arguments("tcp://build.example:1234", new Tcp("build.example", 1234)),
                arguments("tcp://[::1]:1234", new Tcp("::1", 1234)),
                arguments("unix:///run/buildkit/buildkitd.sock", new Unix(Path.of("/run/buildkit/buildkitd.sock"))),
                arguments("tcp://build.example", new Indirect()),
                arguments("tcp://under_score:1", new Indirect()),
                arguments("ssh://me@host", new Ssh("me", "host", OptionalInt.empty(), "")),
                arguments("ssh://[fe80::1]:2222", new Ssh("", "fe80::1", OptionalInt.of(2222), "")),
                arguments("ssh://host/run/b.sock", new Ssh("", "host", OptionalInt.empty(), "/run/b.sock")),
                arguments("ssh://me:secret@host", new Indirect()),
                arguments("kube-pod://b", new Indirect()),
                arguments("docker-container://b.1_c", new Container("b.1_c")),
                arguments("docker-container://b?context=other", new Indirect()),
                arguments("", new Indirect()),
                arguments("no address at all", new Indirect()));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void triesOnlyWhatCanBeTriedWithoutAClient(String text, RemoteEndpoint endpoint) {
        assertThat(RemoteEndpoint.parse(text)).isEqualTo(endpoint);
    }
}
