package io.buildkitci.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What there is to build with on this machine, part by part.
 *
 * @param findings in the order in which a build needs them
 */
public record Diagnosis(List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** How a part is. */
    public enum State {
        OK,
        /** It is not there and not every build needs it. */
        ABSENT,
        /** It is not there and nothing can be built without it. */
        BROKEN
    }

    /**
     * One part.
     *
     * @param remedy what mends it; empty when nothing has to be
     */
    public record Finding(String part, State state, String text, String remedy) {
        /** The same where something can be built without it. */
        Finding notNeeded() {
            return state == State.BROKEN ? new Finding(part, State.ABSENT, text, remedy) : this;
        }
    }

    public boolean usable() {
        return findings.stream().noneMatch(f -> f.state() == State.BROKEN);
    }

    /** For people: a line for each part, and what mends it below. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(String.format(
                    "%-10s %-7s %s", finding.part(), finding.state().name().toLowerCase(Locale.ROOT), finding.text()));
            if (!finding.remedy().isEmpty()) {
                lines.add("                   -> " + finding.remedy());
            }
        }
        return lines;
    }

    /** For a JSON writer. */
    public Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("usable", usable());
        for (Finding finding : findings) {
            data.put(
                    finding.part(),
                    Map.of(
                            "state", finding.state().name().toLowerCase(Locale.ROOT),
                            "text", finding.text(),
                            "remedy", finding.remedy()));
        }
        return data;
    }
}
