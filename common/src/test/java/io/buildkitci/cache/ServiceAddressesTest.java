package io.buildkitci.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a service may be found. */
class ServiceAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://cache.example:8321", "https://10.0.0.7/cache", "http://[fd00::7]:8321"})
    void anAddressThatOthersReachIsTheOnlyOne(String given) {
        assertThat(ServiceAddresses.of(given, List.of("172.17.0.1"))).containsExactly(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8321", "http://LOCALHOST:8321", "http://127.8.0.1:8321", "http://[::1]:8321"})
    void ofALoopbackOneThisMachinesOthersAreTriedToo(String given) {
        assertThat(ServiceAddresses.of(given, List.of("172.17.0.1", "fd00::1")))
                .containsExactly(
                        given, "http://172.17.0.1:8321", "http://[fd00::1]:8321", "http://host.docker.internal:8321");
    }

    @Test
    void schemePortAndPathStay() {
        assertThat(ServiceAddresses.of("https://localhost/cache", List.of("10.0.0.1")))
                .containsExactly(
                        "https://localhost/cache", "https://10.0.0.1/cache", "https://host.docker.internal/cache");
    }

    @Test
    void aContainersOwnLoopbackIsTheLastToBeRight() {
        assertThat(ServiceAddresses.fromContainer(List.of("http://127.0.0.1:1", "http://a:1", "http://b:1")))
                .containsExactly("http://a:1", "http://b:1", "http://127.0.0.1:1");
    }

    @Test
    void aMachineOfManyAddressesIsNotTriedAtAll() {
        List<String> many = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> "10.0.0." + i)
                .toList();
        assertThat(ServiceAddresses.of("http://127.0.0.1:1", many)).hasSize(6);
    }
}
