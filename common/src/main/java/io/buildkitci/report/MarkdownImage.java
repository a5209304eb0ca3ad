package io.buildkitci.report;

import io.buildkitci.model.ImageRef;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a page about what was made: names, digests, how to get it, and its platforms. */
final class MarkdownImage {
    private static final int LONGEST = 400;
    private static final int MOST_NAMES = 20;

    private MarkdownImage() {}

    static List<Part> parts(Image image) {
        return List.of(
                Part.of("names and digests", 2, names(image)), Part.of("the command to pull", 1, pullCommand(image)));
    }

    private static String names(Image image) {
        List<String> lines = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        for (ImageRef tag :
                image.tags().subList(0, Math.min(MOST_NAMES, image.tags().size()))) {
            tags.add(Markdown.code(tag.render(), LONGEST));
        }
        if (!tags.isEmpty()) {
            int more = image.tags().size() - tags.size();
            lines.add("- " + (image.pushed() ? "Pushed: " : "Image: ")
                    + String.join(", ", tags)
                    + (more > 0 ? " and " + more + " more" : ""));
        }
        String of = image.platforms().size() > 1 ? "- Index: " : "- Digest: ";
        if (image.digest().isPresent()) {
            lines.add(of + Markdown.code(image.digest().get(), LONGEST));
        }
        if (image.imageId().isPresent() && !image.imageId().equals(image.digest())) {
            lines.add("- Image ID: " + Markdown.code(image.imageId().get(), LONGEST));
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static String pullCommand(Image image) {
        Optional<String> command = image.pullCommand();
        return command.isPresent() ? Markdown.fence("sh", List.of(command.get())) : "";
    }

    /** A single platform that ran natively and has no digest of its own is not worth a table. */
    static Part platforms(BuildReport report) {
        Map<String, String> digests = new LinkedHashMap<>();
        if (report.image().isPresent()) {
            for (Image.PlatformDigest built : report.image().get().platforms()) {
                digests.putIfAbsent(built.platform().render(), built.digest());
            }
        }
        List<List<String>> rows = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (PlatformRun run : report.builder().platforms()) {
            String platform = run.platform().render();
            if (told.add(platform)) {
                rows.add(row(platform, digests, how(run)));
            }
        }
        for (String platform : digests.keySet()) {
            if (told.add(platform)) {
                rows.add(row(platform, digests, ""));
            }
        }
        boolean plain = rows.size() == 1
                && rows.get(0).get(1).isEmpty()
                && rows.get(0).get(2).equals("native");
        List<List<String>> shown = plain ? List.of() : rows;
        return Part.list(
                "platforms",
                4,
                shown,
                new Most(50, 10),
                some -> Markdown.table(List.of("Platform", "Digest", "Ran"), some));
    }

    private static List<String> row(String platform, Map<String, String> digests, String how) {
        return List.of(
                Markdown.code(platform, LONGEST), Markdown.code(digests.getOrDefault(platform, ""), LONGEST), how);
    }

    private static String how(PlatformRun run) {
        if (run.emulator().isPresent()) {
            return "emulated by " + Markdown.code(run.emulator().get(), LONGEST);
        }
        return run.runnable() ? "native" : "not run, only copied";
    }
}
