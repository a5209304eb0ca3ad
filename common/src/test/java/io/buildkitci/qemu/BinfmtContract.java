package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a kernel's binfmt_misc does, real or not. Leaves no entry behind. */
abstract class BinfmtContract {
    /** One that nobody needs on a build machine. */
    private static final Emulator EMULATOR = Emulator.LOONG64;

    private static final Path ENTRY = KernelState.ROOT.resolve(EMULATOR.entry());

    abstract HostFiles files();

    abstract ProcessRunner processes();

    abstract Workspaces workspaces();

    /** A static one. */
    abstract Path interpreter(Emulator emulator);

    private BinfmtMisc binfmt() {
        return new BinfmtMisc(files(), processes());
    }

    private Registration registration() {
        return new Registration(EMULATOR, interpreter(EMULATOR));
    }

    private Optional<BinfmtEntry> entry() {
        return KernelState.read(files()).recognising(EMULATOR).stream().findFirst();
    }

    private Verdict probe() throws Exception {
        try (Workspace workspace = workspaces().open()) {
            return new Prober(processes(), workspace, Optional.of(Emulator.AMD64)).probe(EMULATOR);
        }
    }

    @BeforeEach
    @AfterEach
    void nothingIsRegistered() {
        entry().ifPresent(binfmt()::remove);
        assertThat(entry()).isEmpty();
    }

    @Test
    void showsWhatWasRegistered() {
        assertThat(binfmt().register(registration())).isEmpty();

        assertThat(entry()).hasValueSatisfying(entry -> {
            assertThat(entry.name()).isEqualTo("qemu-loongarch64");
            assertThat(entry.enabled()).isTrue();
            assertThat(entry.flags()).isEqualTo("POCF");
            assertThat(entry.interpreter()).isEqualTo(interpreter(EMULATOR).toString());
            assertThat(entry.worksInContainers()).isTrue();
        });
    }

    @Test
    void runsForeignProgramsOnlyWhileTheyAreRegistered() throws Exception {
        assertThat(probe()).isInstanceOf(Verdict.Fails.class);

        binfmt().register(registration());
        assertThat(probe()).isEqualTo(new Verdict.Runs());

        entry().ifPresent(binfmt()::remove);
        assertThat(probe()).isInstanceOf(Verdict.Fails.class);
    }

    @Test
    void refusesANameThatIsTaken() {
        binfmt().register(registration());

        assertThat(binfmt().register(registration()))
                .hasValueSatisfying(refusal -> assertThat(refusal.cause()).isEqualTo(Cause.REFUSED));
    }

    @Test
    void refusesAnInterpreterThatDoesNotExist() {
        assertThat(binfmt().register(new Registration(EMULATOR, Path.of("/nowhere/qemu"))))
                .hasValueSatisfying(refusal -> assertThat(refusal.cause()).isEqualTo(Cause.REFUSED));
        assertThat(entry()).isEmpty();
    }

    @Test
    void doesNotRunADisabledEntry() throws Exception {
        binfmt().register(registration());
        files().write(ENTRY, ascii("0"));

        assertThat(entry())
                .hasValueSatisfying(
                        entry -> assertThat(entry.worksInContainers()).isFalse());
        assertThat(probe()).isInstanceOf(Verdict.Fails.class);
    }

    @Test
    void doesNotRunAnEntryWithoutTheFlagFInAnEmptyRoot() throws Exception {
        register("POC");

        assertThat(entry()).hasValueSatisfying(entry -> {
            assertThat(entry.enabled()).isTrue();
            assertThat(entry.worksInContainers()).isFalse();
        });
        assertThat(probe()).isInstanceOf(Verdict.Fails.class);
    }

    @Test
    void asksTheNewestOfTwoEntries() throws Exception {
        String older = ":older-loongarch64:" + registration().render().replaceFirst(":[^:]*:", "");
        files().write(KernelState.ROOT.resolve("register"), ascii(older.replaceFirst("POCF$", "OC")));
        try {
            assertThat(probe()).isInstanceOf(Verdict.Fails.class);
            binfmt().register(registration());
            assertThat(probe()).isEqualTo(new Verdict.Runs());
        } finally {
            files().write(KernelState.ROOT.resolve("older-loongarch64"), ascii("-1"));
        }
    }

    private void register(String flags) throws IOException {
        String line = registration().render().replaceFirst("POCF$", flags);
        files().write(KernelState.ROOT.resolve("register"), ascii(line));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
