package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, false",
        "unix:///run/user/1000/docker.sock, false",
        "unix:///run/podman/podman.sock, false",
        "unix:///home/me/.docker/desktop/docker.sock, true",
        "unix:///Users/me/.colima/default/docker.sock, true",
        "unix:///Users/me/.rd/docker.sock, true",
        "unix:///Users/me/.orbstack/run/docker.sock, true",
        "unix:///Users/me/.lima/docker/sock/docker.sock, true",
        "npipe:////./pipe/docker_engine, false",
        "npipe:////./pipe/dockerDesktopLinuxEngine, true",
        "tcp://localhost:2376, false",
        "tcp://127.0.0.1:2375, false",
        "tcp://[::1]:2375, false",
        "tcp://docker:2376, true",
        "tcp://10.0.0.7:2376, true",
        "ssh://me@build.example, true",
        "http://builds.example:2375, true",
        "not an address, false"
    })
    void knowsAnotherMachineWhereTheAddressSaysSo(String address, boolean elsewhere) {
        assertThat(new EngineEndpoint(address).elsewhere()).isEqualTo(elsewhere);
    }
}
