package io.jenkins.plugins.buildkit.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderLedgerTest {
    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private Path file;

    @BeforeEach
    void place() {
        file = home.resolve("builders.json");
    }

    private BuilderLedger open() throws IOException {
        return new BuilderLedger(file, () -> now);
    }

    private static BuilderUse configured(String run) {
        return new BuilderUse("arm-1", "buildkit-ci-ci-1234", run, true, Optional.of(Duration.ofDays(7)));
    }

    @Test
    void whatIsNotedIsThereAfterARestart() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        ledger.note(BuilderUse.once("", "buildkit-ci-ab", "app#2", false));
        ledger.note(new BuilderUse("arm-1", "kept", "app#3", false, Optional.empty()));

        assertThat(open().all()).isEqualTo(ledger.all()).hasSize(3);
        assertThat(open().all().get(0))
                .isEqualTo(new MadeBuilder(
                        "arm-1", "buildkit-ci-ci-1234", List.of("app#1"), true, Optional.of(Duration.ofDays(7)), now));
    }

    @Test
    void aBuilderIsKnownByItsAgentAndItsName() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        ledger.note(configured("app#2"));
        ledger.note(BuilderUse.once("arm-2", "buildkit-ci-ci-1234", "app#3", false));

        assertThat(ledger.all())
                .extracting(MadeBuilder::runs)
                .containsExactly(List.of("app#1", "app#2"), List.of("app#3"));
    }

    @Test
    void everyBuildThatUsesABuilderKeepsIt() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        ledger.note(configured("app#2"));
        now = now.plus(Duration.ofDays(30));

        ledger.keepOnly("app#2"::equals);
        assertThat(ledger.all().get(0).isDue(now)).isFalse();
        assertThat(ledger.isUsedBy("app#2")).isTrue();
        assertThat(ledger.isUsedBy("app#1")).isFalse();

        ledger.keepOnly(run -> false);
        assertThat(ledger.all().get(0).isDue(now)).isTrue();
        assertThat(open().all().get(0).runs()).isEmpty();
    }

    @Test
    void aBuilderStaysAsLongAsWasAskedFor() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        ledger.note(BuilderUse.once("arm-1", "once", "app#1", false));
        ledger.note(BuilderUse.trial("arm-1", "trial"));
        ledger.note(new BuilderUse("arm-1", "kept", "app#1", false, Optional.empty()));
        ledger.keepOnly(run -> false);

        assertThat(due(now)).containsExactly("once");
        assertThat(due(now.plus(Duration.ofHours(1)))).containsExactly("once", "trial");
        assertThat(due(now.plus(Duration.ofDays(7)))).containsExactly("buildkit-ci-ci-1234", "once", "trial");
        assertThat(due(now.plus(Duration.ofDays(999)))).doesNotContain("kept");
    }

    private List<String> due(Instant then) throws IOException {
        return open().all().stream()
                .filter(made -> made.isDue(then))
                .map(MadeBuilder::builder)
                .toList();
    }

    @Test
    void oneThatIsGoneIsForgotten() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        ledger.forget("arm-2", "buildkit-ci-ci-1234");
        assertThat(ledger.all()).hasSize(1);

        ledger.forget("arm-1", "buildkit-ci-ci-1234");
        assertThat(open().all()).isEmpty();
    }

    @Test
    void aBuildThatCallsAgainWritesNothing() throws Exception {
        BuilderLedger ledger = open();
        ledger.note(configured("app#1"));
        Files.delete(file);

        ledger.note(configured("app#1"));
        assertThat(file).doesNotExist();

        now = now.plus(Duration.ofHours(1));
        ledger.note(configured("app#1"));
        assertThat(file).exists();
    }

    @Test
    void whatCannotBeWrittenIsNotNoted() throws Exception {
        BuilderLedger ledger = new BuilderLedger(home.resolve("gone").resolve("builders.json"), () -> now);

        assertThatThrownBy(() -> ledger.note(configured("app#1"))).isInstanceOf(IOException.class);
        assertThat(ledger.all()).isEmpty();
    }

    @Test
    void noFileIsLeftBesideIt() throws Exception {
        open().note(configured("app#1"));

        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aDamagedFileIsNoReasonToRemoveAnything() throws Exception {
        Files.writeString(file, "{\"builders\":[{\"agent\":\"a\"},{\"builder\":\"b\",\"runs\":[\"x#1\"]},17");

        assertThat(open().all()).allMatch(made -> !made.isDue(now));
    }
}
