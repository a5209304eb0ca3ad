package io.jenkins.plugins.buildkit.cache;

import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.branch.Branch;
import jenkins.branch.BranchProjectFactory;
import jenkins.branch.MultiBranchProject;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.metadata.PrimaryInstanceMetadataAction;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jspecify.annotations.Nullable;

/** A multibranch project of a test, whose source trusts whom the test says. */
final class MultiBranch extends MultiBranchProject<MultiBranch.BranchJob, MultiBranch.BranchRun> {
    private final String name;
    private final List<BranchJob> jobs = new ArrayList<>();
    private final Set<String> strangers = new HashSet<>();
    private boolean silent;

    MultiBranch(String name) {
        this.name = name;
        ExtensionList.put(SCMHead.HeadByItem.class, new SCMHead.HeadByItem() {
            @Override
            public @Nullable SCMHead getHead(Item item) {
                return item instanceof BranchJob job ? job.branch.getHead() : null;
            }
        });
        ExtensionList.put(SCMSource.SourceByItem.class, new SCMSource.SourceByItem() {
            @Override
            public @Nullable SCMSource getSource(Item item) {
                return item instanceof BranchJob job ? job.project.new Source() : null;
            }
        });
    }

    /** A change for a branch. */
    private static final class ChangeHead extends SCMHead implements ChangeRequestSCMHead {
        private final String target;

        ChangeHead(String name, String target) {
            super(name);
            this.target = target;
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead(target);
        }
    }

    /** What is built of a head. */
    private static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;
        private final String text;

        Revision(SCMHead head, String text) {
            super(head);
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Revision revision && revision.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    private final class Source extends SCMSource {
        @Override
        public SCMRevision getTrustedRevision(SCMRevision revision, TaskListener listener) throws IOException {
            if (silent) {
                throw new IOException("nobody answers");
            }
            String head = revision.getHead().getName();
            return strangers.contains(head) ? new Revision(revision.getHead(), "the target's") : revision;
        }
    }

    BranchRun branch(String branch, Action... actions) {
        return job(new SCMHead(branch), actions).build();
    }

    BranchRun primary(String branch) {
        return branch(branch, new PrimaryInstanceMetadataAction());
    }

    BranchRun change(String change, String target) {
        return job(new ChangeHead(change, target)).build();
    }

    /** From somebody whom the source does not trust. */
    BranchRun fork(String change, String target) {
        strangers.add(change);
        return change(change, target);
    }

    /** From now on the source cannot be asked. */
    void silence() {
        silent = true;
    }

    private BranchJob job(SCMHead head, Action... actions) {
        BranchJob job = new BranchJob(this, new Branch(head, List.of(actions)));
        jobs.add(job);
        return job;
    }

    @Override
    public BranchProjectFactory<BranchJob, BranchRun> getProjectFactory() {
        return new BranchProjectFactory<>() {
            @Override
            public Branch getBranch(BranchJob project) {
                return project.branch;
            }

            @Override
            public boolean isProject(Item item) {
                return item instanceof BranchJob;
            }
        };
    }

    @Override
    public Collection<BranchJob> getItems() {
        return List.copyOf(jobs);
    }

    @Override
    public String getFullName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    @Override
    public void checkPermission(Permission permission) {}

    @Override
    public boolean hasPermission(Permission permission) {
        return true;
    }

    /** The job of one head. */
    static final class BranchJob extends Job<BranchJob, BranchRun> {
        private final MultiBranch project;
        private final Branch branch;

        BranchJob(MultiBranch project, Branch branch) {
            this.project = project;
            this.branch = branch;
        }

        BranchRun build() {
            BranchRun run = new BranchRun(this);
            run.addAction(new SCMRevisionAction(project.new Source(), new Revision(branch.getHead(), "its own")));
            return run;
        }

        @Override
        public ItemGroup<?> getParent() {
            return project;
        }

        @Override
        public String getFullName() {
            return project.name + "/" + branch.getHead().getName().replace("/", "%2F");
        }

        @Override
        public String getDisplayName() {
            return getFullName();
        }
    }

    /** A build of it. */
    static final class BranchRun extends Run<BranchJob, BranchRun> {
        private final BranchJob job;

        BranchRun(BranchJob job) {
            this.job = job;
        }

        @Override
        public File getRootDir() {
            throw new UnsupportedOperationException();
        }

        @Override
        public BranchJob getParent() {
            return job;
        }

        @Override
        public String getExternalizableId() {
            return job.getFullName() + "#1";
        }
    }
}
