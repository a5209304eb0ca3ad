package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.local.Unguessable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal beside a service that runs. */
class RehearsalTest {
    @TempDir
    Path directory;

    private Rehearsal rehearsal(Optional<Settings.Tls> tls) {
        Settings settings = new Settings(
                directory,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Limits.of(1, 1),
                tls,
                Optional.empty());
        return new Rehearsal(settings, InstantSource.system(), Unguessable::bytes);
    }

    private static Exchanged exchanged(String route) {
        return new Exchanged("192.0.2.1", "POST", route, 200, 1, 1, Duration.ZERO);
    }

    @Test
    void nothingOfItIsSeenInTheServiceOrLeftInItsDirectory() throws Exception {
        try (Served served = Served.in(directory);
                Rehearsal rehearsal = rehearsal(Optional.empty())) {
            assertThat(rehearsal.run()).isPositive();
            assertThat(served.service().store().stats().namespaces()).isEmpty();
            assertThat(served.service().store().totals().bytes()).isZero();
            assertThat(served.service().store().totals().counts().stored()).isZero();
            assertThat(served.exchanged()).isEmpty();
        }
        assertThat(directory).isNotEmptyDirectory();
        assertThat(directory.resolve(Rehearsal.DIRECTORY)).doesNotExist();
    }

    @Test
    void whatAKilledOneLeftGoes() throws Exception {
        Path left =
                Files.createDirectories(directory.resolve(Rehearsal.DIRECTORY).resolve("uploads"));
        Files.writeString(left.resolve("half"), "half");
        Files.writeString(left.resolveSibling("index.mv"), "torn");
        try (Rehearsal rehearsal = rehearsal(Optional.empty())) {
            assertThat(rehearsal.run()).isPositive();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"twirp", "artifact_cache", "blob"})
    void itMakesWayForABuilder(String route) {
        try (Rehearsal rehearsal = rehearsal(Optional.empty())) {
            rehearsal.makeWay(exchanged(route));
            assertThat(rehearsal.run()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "metrics", "admin", "none"})
    void itDoesNotMakeWayForThoseWhoOnlyLook(String route) {
        try (Rehearsal rehearsal = rehearsal(Optional.empty())) {
            rehearsal.makeWay(exchanged(route));
            assertThat(rehearsal.run()).isPositive();
        }
    }

    @Test
    void whereItDoesNotWorkNothingIsLeftAndNobodyIsTold() {
        Settings.PemFiles none = new Settings.PemFiles(directory.resolve("none.crt"), directory.resolve("none.key"));
        try (Rehearsal rehearsal = rehearsal(Optional.of(none))) {
            assertThat(rehearsal.run()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void itsEndIsWaitedFor() {
        Rehearsal rehearsal = rehearsal(Optional.empty());
        rehearsal.begin();
        rehearsal.close();
        assertThat(directory).isEmptyDirectory();
    }
}
