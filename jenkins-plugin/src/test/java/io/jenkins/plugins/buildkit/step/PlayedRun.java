package io.jenkins.plugins.buildkit.step;

import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.nio.file.Path;

/** A build of a job, as far as steps ask for it. */
final class PlayedRun extends Run<PlayedRun.PlayedJob, PlayedRun> {
    private final Path directory;

    PlayedRun(Path directory) {
        this.directory = directory;
    }

    @Override
    public File getRootDir() {
        return directory.toFile();
    }

    @Override
    public PlayedJob getParent() {
        return new PlayedJob();
    }

    @Override
    public String getExternalizableId() {
        return "a job#1";
    }

    /** Its job. */
    static final class PlayedJob extends Job<PlayedJob, PlayedRun> {
        @Override
        public String getFullName() {
            return "a job";
        }

        @Override
        public String getDisplayName() {
            return "a job";
        }
    }
}
