package io.buildkitci.report;

import io.buildkitci.model.ImageRef;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    static Part platforms(BuildReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (PlatformRow row : PlatformRow.of(report)) {
            rows.add(List.of(
                    Markdown.code(row.platform(), LONGEST), Markdown.code(row.digest(), LONGEST), how(row.run())));
        }
        return Part.list(
                "platforms",
                4,
                rows,
                new Most(50, 10),
                some -> Markdown.table(List.of("Platform", "Digest", "Ran"), some));
    }

    private static String how(Optional<PlatformRun> run) {
        Optional<String> emulator = run.flatMap(PlatformRun::emulator);
        return emulator.isPresent() ? "emulated by " + Markdown.code(emulator.get(), LONGEST) : Phrases.unemulated(run);
    }
}
