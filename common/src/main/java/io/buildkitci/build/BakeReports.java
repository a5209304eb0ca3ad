package io.buildkitci.build;

import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BuildReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From what came of several targets to their report. */
public final class BakeReports {
    private static final String TARGET = "target '";

    private BakeReports() {}

    /** What a note of one target begins with. */
    private static String ofTarget(String name) {
        return TARGET + name + "': ";
    }

    /** What is noted of targets, by their names: once where it is the same of all. */
    static List<String> told(Map<String, List<String>> notes) {
        Set<String> ofAll = new LinkedHashSet<>();
        if (notes.size() > 1) {
            notes.values().forEach(ofAll::addAll);
            notes.values().forEach(ofAll::retainAll);
        }
        List<String> told = new ArrayList<>(ofAll);
        notes.forEach((name, own) ->
                own.stream().filter(note -> !ofAll.contains(note)).forEach(note -> told.add(ofTarget(name) + note)));
        return told;
    }

    /** A target's own report: with what is to be said of all, and of it. */
    public static BuildReport of(Baked baked, String target, Finished finished) {
        String own = ofTarget(target);
        List<String> notes = new ArrayList<>();
        for (String note : baked.notes()) {
            if (note.startsWith(own)) {
                notes.add(note.substring(own.length()));
            } else if (!note.startsWith(TARGET)) {
                notes.add(note);
            }
        }
        return Reports.of(finished.after(baked.earlier()).noting(notes));
    }

    public static BakeReport of(Baked baked) {
        List<BakeReport.Target> targets = new ArrayList<>();
        baked.targets().forEach((name, finished) -> targets.add(new BakeReport.Target(name, Reports.of(finished))));
        List<String> notes = new ArrayList<>(baked.earlier());
        notes.addAll(baked.notes());
        return new BakeReport(targets, baked.failure(), baked.answer(), notes, baked.took());
    }
}
