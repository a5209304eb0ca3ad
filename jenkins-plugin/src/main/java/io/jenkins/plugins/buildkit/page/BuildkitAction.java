package io.jenkins.plugins.buildkit.page;

import hudson.model.Item;
import hudson.model.Run;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Reports;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.report.BuildReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.WebMethod;

/**
 * What one image build adds to the page of its build: a section there, a page with the timeline, and the report and the
 * trace as files. A build that makes several images has several, numbered from 1.
 *
 * <p>Persisted with its build: a {@link Summary}, which is all texts and numbers; everything larger is in
 * {@link ReportFiles}.
 */
public final class BuildkitAction implements RunAction2 {
    private final int number;
    private final Summary summary;
    private transient @Nullable Run<?, ?> run;

    private BuildkitAction(int number, Summary summary, Run<?, ?> run) {
        this.number = number;
        this.summary = summary;
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

    static BuildkitAction add(Run<?, ?> run, BuildReport report, Optional<BuildTrace> trace, Redactor redactor)
            throws IOException {
        BuildkitAction action = attached(run, Summary.of(report, redactor));
        try {
            action.files().write(report, trace, redactor);
        } finally {
            run.save();
        }
        return action;
    }

    /** Branches of a pipeline may come here at the same time. */
    private static BuildkitAction attached(Run<?, ?> run, Summary summary) {
        synchronized (run) {
            int number = run.getActions(BuildkitAction.class).size() + 1;
            BuildkitAction action = new BuildkitAction(number, summary, run);
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
