package io.buildkitci.report;

import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import io.buildkitci.report.Html.Fact;
import io.buildkitci.report.Html.Listed;
import io.buildkitci.report.HtmlBars.Length;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A report as HTML. It needs no script, and no element has a style of its own, so that the strictest
 * Content-Security-Policy lets it be; the look comes from {@link #STYLESHEET}, which the host links or embeds. Whatever
 * the build's texts hold is shown and does nothing. The article is well-formed XML too.
 */
public final class HtmlReport {
    /** A resource beside this class. */
    public static final String STYLESHEET = "report.css";

    /** A whole page is below a MiB, with some room for a mask that is longer than its secret. */
    private static final int LIMIT = 1000 * 1000;

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SENTENCE = 1000;
    private static final int MOST_TAGS = 50;

    private HtmlReport() {}

    /**
     * A page of its own, complete without any file beside it.
     *
     * @param name of what was built, for builds that made no image with a name; may be empty
     * @param stylesheet the text of {@link #STYLESHEET}
     */
    public static String page(BuildReport report, String name, String stylesheet) {
        String title = Html.text(Phrases.result(report) + " " + name(report, name), LONGEST_NAME);
        return page(title, article(report, name), stylesheet);
    }

    /** The page of several targets: an article for each. */
    public static String page(BakeReport report, String stylesheet) {
        StringBuilder articles = new StringBuilder();
        for (BakeReport.Target target : report.targets()) {
            articles.append(article(target.report(), target.name()));
        }
        return page(Html.text(report.headline(), LONGEST_NAME), articles.toString(), stylesheet);
    }

    private static String page(String title, String articles, String stylesheet) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
                + Fingerprint.sha256Base64(stylesheet.getBytes(StandardCharsets.UTF_8))
                + "'; base-uri 'none'; form-action 'none'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + title + "</title>\n<style>"
                + stylesheet + "</style>\n</head>\n<body class=\"bk-page\">\n<main>\n<h1>BuildKit</h1>\n"
                + articles + "</main>\n</body>\n</html>\n";
    }

    /** What a page of the host includes: an article with headings of the second level. */
    public static String article(BuildReport report, String name) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of("the headline", 0, headline(report, name)));
        report.result()
                .failure()
                .ifPresent(failure -> parts.addAll(
                        HtmlFailure.parts(failure, !report.remarks().warnings().isEmpty())));
        BuildReport.Remarks remarks = report.remarks();
        parts.add(Html.list(
                new Listed("Answer", "lines of the answer", 2, new Most(500, 50)),
                remarks.answer(),
                lines -> Html.lines("Answer", lines)));
        report.image().ifPresent(image -> parts.add(Part.of("names and digests", 1, image(image))));
        parts.add(Html.list(
                new Listed("Platforms", "platforms", 4, new Most(50, 10)),
                PlatformRow.of(report),
                HtmlReport::platforms));
        parts.add(Html.list(
                new Listed("Warnings", "warnings", 5, new Most(200, 10)), remarks.warnings(), HtmlReport::warnings));
        parts.add(Html.list(new Listed("Notes", "notes", 5, new Most(50, 5)), remarks.notes(), HtmlReport::notes));
        addWork(report.work(), parts);
        parts.add(Part.of("the builder", 6, builder(report)));
        return "<article class=\"bk-report\">\n" + Fitting.within(LIMIT, parts, Html::paragraph) + "</article>\n";
    }

    private static void addWork(Work work, List<Part> parts) {
        List<Length> shares = new ArrayList<>();
        for (Work.Share share : work.shares()) {
            shares.add(new Length(Html.text(share.what(), LONGEST_NAME), share.time()));
        }
        String split = "<p class=\"bk-hint\">What goes on at the same time counts for each.</p>\n"
                + HtmlBars.lengths(shares, work.times().total());
        parts.add(Part.of("the times", 6, shares.isEmpty() ? "" : Html.section("Where the time went", split)));
        parts.add(HtmlTimeline.part(work.timeline()));
        parts.add(Html.list(
                new Listed("Slowest steps", "slowest steps", 7, new Most(10, 3)),
                work.steps().run() > 0 ? work.steps().slowest() : List.of(),
                HtmlReport::slowest));
    }

    private static String name(BuildReport report, String otherwise) {
        List<ImageRef> tags = report.image().map(Image::tags).orElse(List.of());
        return tags.isEmpty() ? otherwise : tags.get(0).render();
    }

    private static String headline(BuildReport report, String otherwise) {
        String name = Html.code(name(report, otherwise), LONGEST_NAME);
        Work.Steps steps = report.work().steps();
        return "<p class=\"bk-headline\"><strong class=\"bk-result bk-"
                + report.result().word()
                + "\">" + Phrases.result(report) + "</strong> " + (name.isEmpty() ? "" : name + " ")
                + "<span>in " + TextReport.time(report.work().times().total()) + "</span></p>\n"
                + (steps.total() == 0 ? "" : Html.paragraph(steps.counted()) + "\n");
    }

    private static String image(Image image) {
        List<String> tags = new ArrayList<>();
        for (ImageRef tag :
                image.tags().subList(0, Math.min(MOST_TAGS, image.tags().size()))) {
            tags.add(Html.code(tag.render(), LONGEST_NAME));
        }
        int more = image.tags().size() - tags.size();
        List<Fact> facts = List.of(
                new Fact(
                        image.pushed() ? "Pushed" : "Image",
                        String.join("<br/>", tags) + (more > 0 ? " and " + more + " more" : "")),
                new Fact(image.platforms().size() > 1 ? "Index" : "Digest", code(image.digest())),
                new Fact(
                        "Image ID",
                        code(image.imageId().filter(id -> !image.digest().equals(Optional.of(id))))),
                new Fact("Pull with", code(image.pullCommand())));
        String shown = Html.facts(facts);
        return shown.isEmpty() ? "" : Html.section("Image", shown);
    }

    private static String code(Optional<String> text) {
        return text.map(known -> Html.code(known, LONGEST_SENTENCE)).orElse("");
    }

    private static String platforms(List<PlatformRow> platforms) {
        List<List<String>> rows = new ArrayList<>();
        for (PlatformRow row : platforms) {
            Optional<String> emulator = row.run().flatMap(BuilderUsed.PlatformRun::emulator);
            rows.add(List.of(
                    Html.code(row.platform(), LONGEST_NAME),
                    Html.code(row.digest(), LONGEST_NAME),
                    emulator.map(path -> "emulated by " + Html.code(path, LONGEST_NAME))
                            .orElse(Phrases.unemulated(row.run()))));
        }
        return Html.table(List.of("Platform", "Digest", "Ran"), rows);
    }

    private static String warnings(List<BuildReport.CheckWarning> warnings) {
        List<List<String>> rows = new ArrayList<>();
        for (BuildReport.CheckWarning warning : warnings) {
            String rule = Html.code(warning.rule(), LONGEST_NAME);
            rows.add(List.of(
                    Html.link(rule.isEmpty() ? "documentation" : rule, warning.url()),
                    Html.text(warning.message(), LONGEST_SENTENCE),
                    Html.code(warning.place(), LONGEST_NAME)));
        }
        return Html.table(List.of("Check", "What", "Where"), rows);
    }

    private static String notes(List<String> notes) {
        StringBuilder list = new StringBuilder("<ul>\n");
        for (String note : notes) {
            list.append("<li>").append(Html.text(note, LONGEST_SENTENCE)).append("</li>\n");
        }
        return list + "</ul>\n";
    }

    private static String slowest(List<Work.SlowStep> steps) {
        List<Length> lengths = new ArrayList<>();
        Duration longest = Duration.ZERO;
        for (Work.SlowStep step : steps) {
            String platform = step.platform().map(Platform::render).orElse("");
            String on = platform.isEmpty() ? "" : " <span>" + Html.text(platform, LONGEST_NAME) + "</span>";
            lengths.add(new Length(Html.code(Lanes.brief(step.name()), LONGEST_NAME) + on, step.time()));
            longest = step.time().compareTo(longest) > 0 ? step.time() : longest;
        }
        return HtmlBars.lengths(lengths, longest);
    }

    private static String builder(BuildReport report) {
        String name = Html.code(report.builder().name(), LONGEST_NAME);
        String driver = report.builder().driver().map(Driver::render).orElse("");
        String attempts = report.attempts() > 1 ? "The build was run " + report.attempts() + " times. " : "";
        String on = name.isEmpty() ? "" : "Builder " + name + (driver.isEmpty() ? "" : ", driver " + driver) + ".";
        String text = (attempts + on).strip();
        return text.isEmpty() ? "" : "<p class=\"bk-hint\">" + text + "</p>\n";
    }
}
