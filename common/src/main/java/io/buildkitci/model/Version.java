package io.buildkitci.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release number; what follows the third number is ignored. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*", Pattern.DOTALL);

    /** Empty for what is no release, such as {@code v0.0.0+unknown} of a distribution's build. */
    public static Optional<Version> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String patch = matcher.group(3);
        Version version = new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
        return Optional.of(version).filter(v -> !v.equals(new Version(0, 0, 0)));
    }

    public boolean atLeast(int otherMajor, int otherMinor) {
        return compareTo(new Version(otherMajor, otherMinor, 0)) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        return Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .thenComparingInt(Version::patch)
                .compare(this, other);
    }

    /** {@code 0.36.1}. */
    public String render() {
        return major + "." + minor + "." + patch;
    }

    @Override
    public String toString() {
        return render();
    }
}
