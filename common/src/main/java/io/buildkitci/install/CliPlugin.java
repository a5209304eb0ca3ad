package io.buildkitci.install;

import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Makes a program a plugin of {@code docker}: a copy of it in the folder of this user's plugins. */
public final class CliPlugin {
    private final BinaryFiles binaries;
    private final HostFiles files;

    public CliPlugin(BinaryFiles binaries, HostFiles files) {
        this.binaries = binaries;
        this.files = files;
    }

    /**
     * Puts it in the place of one that may be there, in one step.
     *
     * @param dockerConfig the folder of Docker's configuration
     * @return where it is now
     */
    public Path install(Path program, Path dockerConfig) throws IOException, InterruptedException {
        Path target = dockerConfig.resolve("cli-plugins").resolve(String.valueOf(program.getFileName()));
        if (isSame(program, target)) {
            return target;
        }
        Path fresh = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid());
        try {
            files.remove(fresh);
            try (InputStream content = binaries.open(program);
                    OutputStream to = binaries.create(fresh)) {
                Sha256.copy(content, to);
            }
            binaries.makeExecutable(fresh);
            binaries.replaceFile(fresh, target);
        } finally {
            files.remove(fresh);
        }
        return target;
    }

    private boolean isSame(Path program, Path target) throws IOException, InterruptedException {
        if (!files.isExecutable(target)) {
            return false;
        }
        try (InputStream one = binaries.open(program);
                InputStream other = binaries.open(target)) {
            return Sha256.of(one).equals(Sha256.of(other));
        }
    }
}
