package io.buildkitci.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes private directories for the files of one run. */
public interface Workspaces {
    /**
     * A new directory that only its owner may enter (mode 0700). Directories that a killed process left are removed on
     * the way.
     */
    Workspace open() throws IOException;

    /** Directories that the next {@link #open} removes, as far as this host can tell without opening one. */
    default List<Path> leftBehind() throws IOException {
        return List.of();
    }

    /**
     * A private directory. Closing it removes it with all it holds; closing it again does nothing. That it could not be
     * removed is a bug or an attack, so it is thrown unchecked.
     */
    interface Workspace extends AutoCloseable {
        Path path();

        /**
         * Writes a file that only its owner may read (mode 0600); one of the same name is replaced.
         *
         * @param name without directories
         */
        Path write(String name, String content) throws IOException;

        /**
         * Writes a program that only its owner may read and run (mode 0700). On a {@code noexec} mount it does not
         * start.
         *
         * @param name without directories
         */
        Path writeExecutable(String name, byte[] content) throws IOException;

        /**
         * Notes what the run writes elsewhere until it is put in its place: where this process is killed, that goes with the
         * directory. A host that keeps no such note leaves it to the next run that writes to the same place.
         *
         * @param elsewhere paths whose names end with that of this directory
         */
        default void noteElsewhere(List<Path> elsewhere) throws IOException {}

        @Override
        void close();
    }
}
