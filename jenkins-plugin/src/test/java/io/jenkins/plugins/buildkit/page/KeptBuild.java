package io.jenkins.plugins.buildkit.page;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A build with a directory of its own, which counts how often it was saved and asked for permission. */
final class KeptBuild extends Run<KeptBuild.KeptJob, KeptBuild> {
    private final Path directory;
    private int saved;
    private final List<Permission> asked = new ArrayList<>();

    KeptBuild(Path directory) {
        this.directory = directory;
    }

    /** Of no job. */
    abstract static class KeptJob extends Job<KeptJob, KeptBuild> {}

    @Override
    public File getRootDir() {
        return directory.toFile();
    }

    @Override
    public KeptJob getParent() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getExternalizableId() {
        return "job#1";
    }

    @Override
    public synchronized void save() {
        saved++;
    }

    @Override
    public void checkPermission(Permission permission) {
        asked.add(permission);
    }

    int saved() {
        return saved;
    }

    List<Permission> asked() {
        return asked;
    }
}
