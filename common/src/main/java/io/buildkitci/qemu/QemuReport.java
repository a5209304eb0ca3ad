package io.buildkitci.qemu;

import io.buildkitci.model.Platform;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs each platform after emulators were set up.
 *
 * @param everything whether no platform was named, so that all known ones were tried
 * @param platforms in the order asked for
 * @param changes what was done to the machine, one sentence each; empty when nothing had to be
 * @param notes what a person should know besides
 */
public record QemuReport(boolean everything, List<Line> platforms, List<String> changes, List<String> notes) {
    public QemuReport {
        platforms = List.copyOf(platforms);
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /** One platform. */
    public record Line(Platform platform, Readiness readiness) {}

    /** Platforms that nothing runs. */
    public List<Platform> missing() {
        return platforms.stream()
                .filter(line -> line.readiness() instanceof Missing)
                .map(Line::platform)
                .toList();
    }

    /** Whether the machine is not as it was asked for; of "all known" platforms, one emulated one is enough. */
    public boolean failed() {
        boolean someEmulated = platforms.stream().anyMatch(line -> line.readiness() instanceof Emulated);
        return !missing().isEmpty() && !(everything && someEmulated);
    }

    /** For people: a line for each platform, what was done, and what mends what is missing. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width = platforms.stream()
                .mapToInt(line -> line.platform().render().length())
                .max()
                .orElse(0);
        for (Line line : platforms) {
            String name = line.platform().render();
            lines.add(name + " ".repeat(width - name.length()) + "  " + describe(line.readiness()));
        }
        lines.addAll(changes);
        lines.addAll(notes);
        remedies().forEach((command, names) -> lines.add("for " + String.join(", ", names) + ": " + command));
        return List.copyOf(lines);
    }

    private static String describe(Readiness readiness) {
        if (readiness instanceof Emulated emulated) {
            return "emulated by " + emulated.by() + (emulated.now() ? ", registered now" : "")
                    + emulated.unproven()
                            .map(why -> ", not proven (" + why + ")")
                            .orElse("");
        }
        return readiness instanceof Missing missing ? "missing: " + missing.why() : "native";
    }

    private Map<String, List<String>> remedies() {
        Map<String, List<String>> byCommand = new LinkedHashMap<>();
        for (Line line : platforms) {
            if (line.readiness() instanceof Missing missing) {
                missing.remedies()
                        .forEach(command -> byCommand
                                .computeIfAbsent(command, c -> new ArrayList<>())
                                .add(line.platform().render()));
            }
        }
        return byCommand;
    }

    /** For a JSON writer: maps, lists, texts and booleans only, in a stable order. */
    public Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("failed", failed());
        data.put("platforms", platforms.stream().map(QemuReport::data).toList());
        data.put("changes", changes);
        data.put("notes", notes);
        return data;
    }

    private static Map<String, Object> data(Line line) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("platform", line.platform().render());
        Readiness readiness = line.readiness();
        if (readiness instanceof Native) {
            data.put("state", "native");
        } else if (readiness instanceof Emulated emulated) {
            data.put("state", "emulated");
            data.put("interpreter", emulated.by());
            data.put("registered", emulated.now());
            putIfThere(data, "unproven", emulated.unproven());
        } else if (readiness instanceof Missing missing) {
            data.put("state", "missing");
            data.put("cause", missing.cause().name());
            data.put("why", missing.why());
            data.put("remedies", missing.remedies());
        }
        return data;
    }

    private static void putIfThere(Map<String, Object> data, String key, Optional<String> value) {
        value.ifPresent(v -> data.put(key, v));
    }
}
