package io.jenkins.plugins.buildkit.cache;

import hudson.model.Job;
import hudson.model.Run;
import java.io.File;

/** A job without branches. */
final class PlainJob extends Job<PlainJob, PlainJob.PlainRun> {
    private final String fullName;

    PlainJob(String fullName) {
        this.fullName = fullName;
    }

    PlainRun build() {
        return new PlainRun(this);
    }

    @Override
    public String getFullName() {
        return fullName;
    }

    @Override
    public String getDisplayName() {
        return fullName;
    }

    /** A build of it. */
    static final class PlainRun extends Run<PlainJob, PlainRun> {
        private final PlainJob job;

        PlainRun(PlainJob job) {
            this.job = job;
        }

        @Override
        public File getRootDir() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PlainJob getParent() {
            return job;
        }

        @Override
        public String getExternalizableId() {
            return job.getFullName() + "#1";
        }
    }
}
