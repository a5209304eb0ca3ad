package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Workspaces} does. */
public interface WorkspacesContract {
    Workspaces workspaces();

    /** The files among which the workspaces lie. */
    HostFiles files();

    @Test
    default void writesFilesAndPrograms() throws IOException {
        try (Workspace workspace = workspaces().open()) {
            Path secret = workspace.write("secret", "first, and longer");
            workspace.write("secret", "s3cr3t é");
            Path program = workspace.writeExecutable("qemu", "ELF".getBytes(UTF_8));

            assertThat(secret).isEqualTo(workspace.path().resolve("secret")).isAbsolute();
            assertThat(files().read(secret)).contains("s3cr3t é");
            assertThat(files().isExecutable(secret)).isFalse();
            assertThat(files().read(program)).contains("ELF");
            assertThat(files().isExecutable(program)).isTrue();
        }
    }

    @Test
    default void closingRemovesItWithAllItHolds() throws IOException {
        Workspace workspace = workspaces().open();
        workspace.write("secret", "s3cr3t");
        files().write(workspace.path().resolve("by-others"), new byte[1]);

        workspace.close();
        workspace.close();

        assertThat(files().isDirectory(workspace.path())).isFalse();
    }

    @Test
    default void eachIsItsOwn() throws IOException {
        try (Workspace one = workspaces().open()) {
            Path file = one.write("file", "one");
            try (Workspace other = workspaces().open()) {
                other.write("file", "other");
            }
            assertThat(files().read(file)).contains("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc/x", "a/"})
    default void refusesNamesThatLeadElsewhere(String name) throws IOException {
        try (Workspace workspace = workspaces().open()) {
            assertThatThrownBy(() -> workspace.write(name, "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> workspace.writeExecutable(name, new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aClosedOneTakesNoFiles() throws IOException {
        Workspace workspace = workspaces().open();
        workspace.close();

        assertThatThrownBy(() -> workspace.write("secret", "s3cr3t")).isInstanceOf(IOException.class);
    }
}
