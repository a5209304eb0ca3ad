package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMProbe;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;
import org.jspecify.annotations.Nullable;

/** A source of branches and changes, as a test has them; what comes from a fork is not trusted. */
public final class PlayedSource extends SCMSource {
    private static final Map<SCMHead, String> HEADS = new ConcurrentHashMap<>();

    private static volatile String jenkinsfile = "";

    /** Forgets every head. */
    static void begin(String jenkinsfile) {
        HEADS.clear();
        PlayedSource.jenkinsfile = jenkinsfile;
    }

    static String jenkinsfile() {
        return jenkinsfile;
    }

    /** Makes a head, or changes what is in it. */
    static void push(SCMHead head, String revision) {
        HEADS.put(head, revision);
    }

    static void delete(SCMHead head) {
        HEADS.remove(head);
    }

    /** A change for a branch. */
    static final class Change extends SCMHead implements ChangeRequestSCMHead2 {
        private static final long serialVersionUID = 1L;

        private final String target;
        private final boolean fork;

        Change(String name, String target, boolean fork) {
            super(name);
            this.target = target;
            this.fork = fork;
        }

        @Override
        public String getId() {
            return getName();
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead(target);
        }

        @Override
        public String getOriginName() {
            return "change";
        }

        @Override
        public SCMHeadOrigin getOrigin() {
            return fork ? new SCMHeadOrigin.Fork("stranger") : SCMHeadOrigin.DEFAULT;
        }

        @Override
        public ChangeRequestCheckoutStrategy getCheckoutStrategy() {
            return ChangeRequestCheckoutStrategy.HEAD;
        }
    }

    private static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;
        private final String text;

        Revision(SCMHead head, String text) {
            super(head);
            this.text = text;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Revision revision
                    && revision.getHead().equals(getHead())
                    && revision.text.equals(text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(getHead(), text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    protected void retrieve(
            @Nullable SCMSourceCriteria criteria,
            SCMHeadObserver observer,
            @Nullable SCMHeadEvent<?> event,
            TaskListener listener)
            throws IOException, InterruptedException {
        for (Map.Entry<SCMHead, String> pushed : HEADS.entrySet()) {
            SCMHead head = pushed.getKey();
            SCMRevision revision = new Revision(head, pushed.getValue());
            try (SCMProbe probe = newProbe(head, revision)) {
                if (criteria == null || criteria.isHead(probe, listener)) {
                    observer.observe(head, revision);
                }
            }
        }
    }

    @Override
    protected SCMProbe createProbe(SCMHead head, @Nullable SCMRevision revision) throws IOException {
        try {
            return Objects.requireNonNull(fromSCMFileSystem(head, revision));
        } catch (InterruptedException e) {
            throw new InterruptedIOException(head.getName());
        }
    }

    @Override
    public SCMRevision getTrustedRevision(SCMRevision revision, TaskListener listener) {
        return revision.getHead() instanceof Change change && change.fork
                ? new Revision(change.getTarget(), "of the target")
                : revision;
    }

    @Override
    public SCM build(SCMHead head, @Nullable SCMRevision revision) {
        return new NullSCM();
    }

    /** Names it. */
    @Extension
    public static final class DescriptorImpl extends SCMSourceDescriptor {
        @Override
        public String getDisplayName() {
            return "Played";
        }
    }
}
