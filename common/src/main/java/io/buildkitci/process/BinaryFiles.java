package io.buildkitci.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** The machine's files whose content is no text, such as programs that were fetched. Safe for use by several threads. */
public interface BinaryFiles {
    /**
     * A new file to write to; directories that it lies in are made.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is one
     */
    OutputStream create(Path file) throws IOException;

    InputStream open(Path file) throws IOException;

    /** Lets everybody read and run a file. */
    void makeExecutable(Path file) throws IOException;

    /** Lets everybody enter and list a directory. */
    void share(Path directory) throws IOException;

    /** Puts a file in the place of another on the same file system, or where there is none yet, in one step. */
    void replaceFile(Path fresh, Path target) throws IOException;

    /** Gives a file the mode and the owner of another; where files have neither, nothing happens. */
    void liken(Path file, Path model) throws IOException;

    /** The file itself where a path leads to it over links; the path where there is nothing. */
    Path followed(Path path) throws IOException;

    /** Private directories in this one, which is made if need be; those of processes that were killed are removed. */
    Workspaces workspacesIn(Path directory) throws IOException;
}
