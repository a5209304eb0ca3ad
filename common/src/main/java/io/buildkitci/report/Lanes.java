package io.buildkitci.report;

import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bars of a timeline put together to what a reader looks for: the stages of each platform, and short names. */
final class Lanes {
    private static final int LONGEST_READ = 1000;
    private static final int DIGEST_LENGTH = 64;

    private Lanes() {}

    /** The stages of a platform together, in the order of their start; the result comes last. */
    static Map<String, List<Work.Bar>> of(List<Work.Bar> bars) {
        Map<String, Map<String, List<Work.Bar>>> platforms = new LinkedHashMap<>();
        Map<String, List<Work.Bar>> result = new LinkedHashMap<>();
        for (Work.Bar bar : bars) {
            Work.Lane lane = bar.lane();
            String platform = brief(lane.output().isPresent() ? lane.output() : lane.platform());
            Map<String, List<Work.Bar>> its = lane.stage().equals(Work.Lane.RESULT.stage())
                    ? result
                    : platforms.computeIfAbsent(platform, first -> new LinkedHashMap<>());
            its.computeIfAbsent(name(lane), first -> new ArrayList<>()).add(bar);
        }
        Map<String, List<Work.Bar>> lanes = new LinkedHashMap<>();
        for (Map<String, List<Work.Bar>> its : platforms.values()) {
            lanes.putAll(its);
        }
        lanes.putAll(result);
        return lanes;
    }

    /** Whether anything ran but what BuildKit does before each build. */
    static boolean tellMore(List<Work.Bar> bars) {
        for (Work.Bar bar : bars) {
            if (!bar.lane().stage().equals(Work.Lane.BUILDKIT.stage())) {
                return true;
            }
        }
        return false;
    }

    /** Without the flags of an instruction and the digest of an image, which leave no room for what tells steps apart. */
    static String brief(String name) {
        List<String> words =
                new ArrayList<>(List.of(PlainText.oneLine(name, LONGEST_READ).split(" ", -1)));
        while (words.size() > 2 && words.get(1).startsWith("--")) {
            words.remove(1);
        }
        String brief = String.join(" ", words);
        int digest = brief.indexOf("@sha256:");
        int end = digest + "@sha256:".length() + DIGEST_LENGTH;
        return digest > 0 && end <= brief.length() ? brief.substring(0, digest) + brief.substring(end) : brief;
    }

    /** {@code arm64 build}, {@code amd64→arm64 build}. */
    static String name(Work.Lane lane) {
        String platform = brief(lane.platform());
        String output = brief(lane.output());
        return (platform + (output.isEmpty() ? " " : "→" + output + " ") + lane.stage()).strip();
    }

    private static String brief(Optional<Platform> platform) {
        String name = platform.isPresent() ? platform.get().render() : "";
        return name.startsWith("linux/") ? name.substring("linux/".length()) : name;
    }
}
