package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceDescriptor;
import org.jspecify.annotations.Nullable;

/** What is in a {@link PlayedSource}: the same Jenkinsfile in each revision, and nothing else. */
final class PlayedFiles extends SCMFileSystem {
    private static final String NAME = "Jenkinsfile";

    private final String text;

    private PlayedFiles(@Nullable SCMRevision revision, String text) {
        super(revision);
        this.text = text;
    }

    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    public SCMFile getRoot() {
        return new Directory(text);
    }

    private static final class Directory extends SCMFile {
        private final String text;

        Directory(String text) {
            this.text = text;
        }

        @Override
        protected SCMFile newChild(String name, boolean assumeIsDirectory) {
            return new Text(this, name, text);
        }

        @Override
        public Iterable<SCMFile> children() {
            return List.of(newChild(NAME, false));
        }

        @Override
        public long lastModified() {
            return 0;
        }

        @Override
        protected Type type() {
            return Type.DIRECTORY;
        }

        @Override
        public InputStream content() throws IOException {
            throw new FileNotFoundException("a directory");
        }
    }

    private static final class Text extends SCMFile {
        private final String text;

        Text(Directory parent, String name, String text) {
            super(parent, name);
            this.text = text;
        }

        @Override
        protected SCMFile newChild(String name, boolean assumeIsDirectory) {
            return new Text(new Directory(text), getName() + "/" + name, text);
        }

        @Override
        public Iterable<SCMFile> children() {
            return List.of();
        }

        @Override
        public long lastModified() {
            return 0;
        }

        @Override
        protected Type type() {
            return getPath().equals(NAME) ? Type.REGULAR_FILE : Type.NONEXISTENT;
        }

        @Override
        public InputStream content() throws IOException {
            if (type() != Type.REGULAR_FILE) {
                throw new FileNotFoundException(getPath());
            }
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Opens them. */
    @Extension
    public static final class Opening extends SCMFileSystem.Builder {
        @Override
        public boolean supports(SCM scm) {
            return false;
        }

        @Override
        public boolean supports(SCMSource source) {
            return source instanceof PlayedSource;
        }

        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        protected boolean supportsDescriptor(SCMDescriptor descriptor) {
            return false;
        }

        @Override
        protected boolean supportsDescriptor(SCMSourceDescriptor descriptor) {
            return descriptor instanceof PlayedSource.DescriptorImpl;
        }

        @Override
        public SCMFileSystem build(SCMSource source, SCMHead head, @Nullable SCMRevision revision) {
            return new PlayedFiles(revision, PlayedSource.jenkinsfile());
        }
    }
}
