package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.console.FoldableLog;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.step.BuildPreparation.Prepared;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** The build step of jobs without a pipeline: the same as {@code buildkitBuild}, for as long as the job's own process lives. */
public final class BuildkitBuilder extends Builder implements SimpleBuildStep {
    private final BuildkitBuildStep build;

    @DataBoundConstructor
    public BuildkitBuilder(BuildkitBuildStep build) {
        this.build = build;
    }

    /** The file of a job that names no parameter at all. */
    Object readResolve() {
        return build == null ? new BuildkitBuilder(new BuildkitBuildStep()) : this;
    }

    public BuildkitBuildStep getBuild() {
        return build;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        String program = BuildxTool.program(build.getBuildx(), workspace, env, listener);
        Place place = new Place(workspace, launcher, BuildxTool.taking(program, env), listener);
        Agent agent = Agent.of(workspace, launcher, place.environment());
        Chosen chosen = new BuilderChoice(agent, place, Optional.empty(), BuildInputs::check).choose(build.call(), run);
        try (Workspace files = agent.tools().workspaces().open()) {
            BuildPreparation preparation = new BuildPreparation(chosen, agent, agent.tools(), run);
            Prepared found = preparation.prepare(files);
            PrintStream log = listener.getLogger();
            BuildEnding ending;
            try (OpenedCache cache = JenkinsCache.open(found, run)) {
                Prepared prepared = preparation.with(cache.ready(), found);
                prepared.notices().forEach(notice -> log.println("note: " + notice.render()));
                Finished finished = prepared.builds()
                        .run(
                                prepared.ready(),
                                () -> new PlainProgress(
                                        FoldableLog.over(listener),
                                        agent.tools().clock(),
                                        prepared.redactor(),
                                        false),
                                prepared.redactor());
                ending = BuildEnding.tell(finished, prepared.redactor(), log, run);
            }
            Optional<Exception> failure = ending.failure();
            if (failure.isPresent()) {
                if (failure.get() instanceof AbortException known) {
                    throw known;
                }
                throw new IllegalStateException(failure.get());
            }
        }
    }

    /** Offers it to every kind of job. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return "Build a container image with BuildKit";
        }
    }
}
