package io.jenkins.plugins.buildkit.cache;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.branch.Branch;
import jenkins.branch.BranchProjectFactory;
import jenkins.branch.MultiBranchProject;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.metadata.PrimaryInstanceMetadataAction;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/**
 * What a build is of, by Jenkins' own knowledge of branches and never by the environment, which a change can set. Without
 * the plugins scm-api and branch-api every job is one without a branch.
 */
final class JobOrigin {
    private static final Logger LOG = Logger.getLogger(JobOrigin.class.getName());

    private JobOrigin() {}

    /** May ask the source of the project, over a network, whether an author is trusted. */
    static BuildOrigin of(Run<?, ?> run) throws InterruptedException {
        try {
            return Branches.of(run).orElseGet(() -> whole(run.getParent()));
        } catch (NoClassDefFoundError e) { // scm-api or branch-api is not installed
            return whole(run.getParent());
        }
    }

    /** The head that an item is the job of; empty for other items. */
    static Optional<BuildOrigin.Head> of(Item item) {
        try {
            return Branches.of(item, false);
        } catch (NoClassDefFoundError e) { // scm-api or branch-api is not installed
            return Optional.empty();
        }
    }

    private static BuildOrigin whole(Item job) {
        return new BuildOrigin.WholeJob(job.getFullName());
    }

    /** All that names a class of scm-api or branch-api. */
    private static final class Branches {
        static Optional<BuildOrigin> of(Run<?, ?> run) throws InterruptedException {
            return of(run.getParent(), isTrusted(run)).map(head -> head);
        }

        static Optional<BuildOrigin.Head> of(Item job, boolean trusted) {
            SCMHead head = SCMHead.HeadByItem.findHead(job);
            if (head == null || !(job.getParent() instanceof MultiBranchProject<?, ?> project)) {
                return Optional.empty();
            }
            Optional<String> target = head instanceof ChangeRequestSCMHead change
                    ? Optional.of(scope(change.getTarget()))
                    : Optional.empty();
            return Optional.of(new BuildOrigin.Head(
                    project.getFullName(), scope(head), head.getName(), target, main(project), trusted));
        }

        private static String scope(SCMHead head) {
            String kind = head instanceof ChangeRequestSCMHead ? "pull" : head instanceof TagSCMHead ? "tags" : "heads";
            return "refs/" + kind + "/" + head.getName();
        }

        /**
         * Whoever cannot be asked for is not trusted. Jenkins notes the revision of a build where it reads the Jenkinsfile
         * from the source, which is before the first step, else where the pipeline first reads {@code scm}.
         */
        private static boolean isTrusted(Run<?, ?> run) throws InterruptedException {
            Job<?, ?> job = run.getParent();
            SCMSource source = SCMSource.SourceByItem.findSource(job);
            SCMRevision revision = source == null ? null : SCMRevisionAction.getRevision(source, run);
            if (source == null || revision == null) {
                return !(SCMHead.HeadByItem.findHead(job) instanceof ChangeRequestSCMHead);
            }
            try {
                return source.getTrustedRevision(revision, TaskListener.NULL).equals(revision);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        e,
                        () -> run.getExternalizableId()
                                + " is taken for one of an author who is not trusted: the source cannot be asked");
                return false;
            }
        }

        /** The branch that the source calls the primary one; where it calls none so, one that is named as such. */
        private static Optional<String> main(MultiBranchProject<?, ?> project) {
            List<Branch> branches = branches(project);
            Stream<Predicate<Branch>> signs = Stream.of(
                    branch -> branch.getAction(PrimaryInstanceMetadataAction.class) != null,
                    branch -> scope(branch.getHead()).equals("refs/heads/main"),
                    branch -> scope(branch.getHead()).equals("refs/heads/master"));
            return signs.flatMap(sign -> branches.stream().filter(sign).limit(1))
                    .findFirst()
                    .map(branch -> scope(branch.getHead()));
        }

        @SuppressWarnings({"rawtypes", "unchecked", "try"
        }) // a factory takes the jobs of its project; the context is only closed
        private static List<Branch> branches(MultiBranchProject<?, ?> project) {
            BranchProjectFactory factory = project.getProjectFactory();
            List<Branch> branches = new ArrayList<>();
            try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
                for (Object item : ((ItemGroup<?>) project).getItems()) {
                    if (item instanceof Job job && factory.isProject(job)) {
                        branches.add(factory.getBranch(job));
                    }
                }
            }
            return branches;
        }
    }
}
