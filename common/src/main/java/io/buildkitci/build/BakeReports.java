package io.buildkitci.build;

import io.buildkitci.report.BakeReport;
import java.util.ArrayList;
import java.util.List;

/** From what came of several targets to their report. */
public final class BakeReports {
    private BakeReports() {}

    public static BakeReport of(Baked baked) {
        List<BakeReport.Target> targets = new ArrayList<>();
        baked.targets().forEach((name, finished) -> targets.add(new BakeReport.Target(name, Reports.of(finished))));
        return new BakeReport(targets, baked.failure(), baked.answer(), baked.notes(), baked.took());
    }
}
