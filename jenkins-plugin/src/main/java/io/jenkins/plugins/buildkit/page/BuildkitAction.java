package io.jenkins.plugins.buildkit.page;

import hudson.model.Item;
import hudson.model.Run;
import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Reports;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.report.BuildReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.WebMethod;

/**
 * What one image build adds to the page of its build: a section there, a page with the timeline, and the report and the
 * trace as files. A build that makes several images has several, numbered from 1; a target of a definition is one.
 *
 * <p>Persisted with its build: a {@link Summary}, which is all texts and numbers; everything larger is in
 * {@link ReportFiles}.
 */
public final class BuildkitAction implements RunAction2 {
    private final int number;
    private final Summary summary;
    /** {@code null} for a build of its own, and in what an older version kept. */
    private final @Nullable String target;

    private transient @Nullable Run<?, ?> run;

    private BuildkitAction(int number, Summary summary, @Nullable String target, Run<?, ?> run) {
        this.number = number;
        this.summary = summary;
        this.target = target;
        this.run = run;
    }

    /**
     * Adds what came of an image build to its build and saves it.
     *
     * @param redactor knows the secrets of the build, so that none is written
     * @throws IOException where the files could not be written; the build has its section nevertheless
     */
    public static BuildkitAction add(Run<?, ?> run, Finished finished, Redactor redactor) throws IOException {
        return add(run, Reports.of(finished), finished.trace(), redactor);
    }

    /**
     * The same for what came of the targets of a definition, each of which has its section.
     *
     * @throws IOException where files could not be written; every target has its section nevertheless
     */
    public static void add(Run<?, ?> run, Baked baked, Redactor redactor) throws IOException {
        List<IOException> faults = new ArrayList<>();
        baked.targets().forEach((name, finished) -> {
            BuildReport report = BakeReports.of(baked, name, finished);
            try {
                attached(run, Summary.of(report, redactor), redactor.redact(name))
                        .files()
                        .write(report, name, finished.trace(), redactor);
            } catch (IOException e) {
                faults.add(e);
            }
        });
        run.save();
        if (!faults.isEmpty()) {
            throw faults.get(0);
        }
    }

    static BuildkitAction add(Run<?, ?> run, BuildReport report, Optional<BuildTrace> trace, Redactor redactor)
            throws IOException {
        BuildkitAction action = attached(run, Summary.of(report, redactor), null);
        try {
            action.files().write(report, "", trace, redactor);
        } finally {
            run.save();
        }
        return action;
    }

    /** Branches of a pipeline may come here at the same time. */
    private static BuildkitAction attached(Run<?, ?> run, Summary summary, @Nullable String target) {
        synchronized (run) {
            int number = run.getActions(BuildkitAction.class).size() + 1;
            BuildkitAction action = new BuildkitAction(number, summary, target, run);
            run.addAction(action);
            return action;
        }
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    /** Only the first is in the side panel of its build; the pages of all link to each other. */
    @Override
    public @Nullable String getIconFileName() {
        return number == 1 ? "symbol-cube" : null;
    }

    @Override
    public String getDisplayName() {
        return "BuildKit";
    }

    @Override
    public String getUrlName() {
        return number == 1 ? "buildkit" : "buildkit-" + number;
    }

    public Run<?, ?> getRun() {
        if (run == null) {
            throw new IllegalStateException("the build of this action is not loaded");
        }
        return run;
    }

    public int getNumber() {
        return number;
    }

    /** Of a definition; empty for a build of its own. */
    public String getTarget() {
        return target == null ? "" : target;
    }

    /** What the pages of the same build call it. */
    public String getLabel() {
        return target == null ? Integer.toString(number) : target;
    }

    public Summary getSummary() {
        return summary;
    }

    /** All of the same build, this one among them. */
    public List<BuildkitAction> getSiblings() {
        return getRun().getActions(BuildkitAction.class);
    }

    /** The report as HTML, every foreign text in it escaped when it was made; {@code null} where it is missing. */
    public @Nullable String getArticle() throws IOException {
        return files().article().orElse(null);
    }

    public boolean isReportThere() {
        return files().has(ReportFiles.REPORT);
    }

    public boolean isTraceThere() {
        return files().has(ReportFiles.TRACE);
    }

    @WebMethod(name = ReportFiles.REPORT)
    public void doReport(HttpServletRequest request, HttpServletResponse response) throws IOException {
        serve(ReportFiles.REPORT, request, response);
    }

    @WebMethod(name = ReportFiles.TRACE)
    public void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        serve(ReportFiles.TRACE, request, response);
    }

    private void serve(String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        getRun().checkPermission(Item.READ);
        files().serve(name, request, response);
    }

    private ReportFiles files() {
        return new ReportFiles(
                getRun().getRootDir().toPath().resolve("buildkit").resolve(Integer.toString(number)));
    }
}
