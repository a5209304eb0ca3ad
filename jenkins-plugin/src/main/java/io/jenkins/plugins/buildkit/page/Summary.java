package io.jenkins.plugins.buildkit.page;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.TextReport;
import io.buildkitci.report.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The few things that the page of a build shows of an image build. A class and no record, for Jenkins keeps it as XML and
 * cannot read records back; texts are shortened, so that no build makes that file large.
 */
public final class Summary {
    private static final int LONGEST = 1000;
    private static final int MOST = 20;

    private final String result;
    private final long millis;
    private final String digest;
    private final String pullCommand;
    private final boolean pushed;
    private final List<String> tags;
    private final int moreTags;
    private final List<BuiltPlatform> platforms;
    private final int morePlatforms;
    private final int steps;
    private final int cached;
    private final int ran;
    private final List<TimeShare> shares;
    private final int warnings;
    private final String failure;
    private final String failureCode;
    private final String place;
    private final String advice;

    private Summary(BuildReport report, Redactor redactor) {
        Optional<Image> image = report.image();
        Optional<BuildFailure> why = report.result().failure();
        Work work = report.work();
        result = report.result().word();
        millis = work.times().total().toMillis();
        digest = image.flatMap(Image::digest)
                .or(() -> image.flatMap(Image::imageId))
                .orElse("");
        pullCommand = image.flatMap(Image::pullCommand).map(redactor::redact).orElse("");
        pushed = image.map(Image::pushed).orElse(false);
        List<String> names = new ArrayList<>();
        image.ifPresent(made -> made.tags().forEach(tag -> names.add(shown(tag.render(), redactor))));
        tags = first(names);
        moreTags = names.size() - tags.size();
        List<BuiltPlatform> built = platforms(report);
        platforms = first(built);
        morePlatforms = built.size() - platforms.size();
        steps = work.steps().total();
        cached = work.steps().cached();
        ran = work.steps().run();
        shares = new ArrayList<>();
        work.shares()
                .forEach(share ->
                        shares.add(new TimeShare(share.what(), share.time().toMillis())));
        warnings = report.remarks().warnings().size();
        failure = shown(why.map(BuildFailure::message).orElse(""), redactor);
        failureCode = why.map(its -> its.code().id()).orElse("");
        place = shown(why.flatMap(BuildFailure::place).map(Object::toString).orElse(""), redactor);
        advice = shown(why.map(BuildFailure::advice).orElse(""), redactor);
    }

    static Summary of(BuildReport report, Redactor redactor) {
        return new Summary(report, redactor);
    }

    private static <T> List<T> first(List<T> items) {
        return new ArrayList<>(items.subList(0, Math.min(MOST, items.size())));
    }

    private static String shown(String text, Redactor redactor) {
        String masked = redactor.redact(text);
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…";
    }

    private static List<BuiltPlatform> platforms(BuildReport report) {
        List<PlatformDigest> digests = report.image().map(Image::platforms).orElse(List.of());
        List<BuiltPlatform> platforms = new ArrayList<>();
        for (PlatformRun run : report.builder().platforms()) {
            String itsDigest = "";
            for (PlatformDigest built : digests) {
                itsDigest = built.platform().equals(run.platform()) ? built.digest() : itsDigest;
            }
            platforms.add(new BuiltPlatform(run.platform().render(), itsDigest, run.render()));
        }
        return platforms;
    }

    /** {@code built}, {@code failed} or {@code cancelled}. */
    public String getResult() {
        return result;
    }

    public String getTime() {
        return TextReport.time(Duration.ofMillis(millis));
    }

    public String getDigest() {
        return digest;
    }

    /** Empty where the image is in no registry. */
    public String getPullCommand() {
        return pullCommand;
    }

    public boolean isPushed() {
        return pushed;
    }

    public List<String> getTags() {
        return tags;
    }

    public int getMoreTags() {
        return moreTags;
    }

    public List<BuiltPlatform> getPlatforms() {
        return platforms;
    }

    public int getMorePlatforms() {
        return morePlatforms;
    }

    public int getSteps() {
        return steps;
    }

    /** {@code 12 steps: 9 cached (75 %), 3 run.} */
    public String getCounted() {
        return new Work.Steps(steps, cached, ran, List.of()).counted();
    }

    public List<TimeShare> getShares() {
        return shares;
    }

    public int getWarnings() {
        return warnings;
    }

    /** What went wrong; empty where nothing did. */
    public String getFailure() {
        return failure;
    }

    public String getFailureCode() {
        return failureCode;
    }

    public String getPlace() {
        return place;
    }

    public String getAdvice() {
        return advice;
    }
}
