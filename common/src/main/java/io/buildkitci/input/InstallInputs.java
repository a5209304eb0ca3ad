package io.buildkitci.input;

import io.buildkitci.model.InstallSource;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.ToolVersion;
import java.util.regex.Pattern;

/** The inputs by which steps get tools that are missing. */
final class InstallInputs {
    static final InputSpec FROM = InputSpec.text(
                    "install-from",
                    "where missing tools come from: releases (GitHub), packages (the distribution's) or a mirror's address")
            .defaultsTo("releases")
            .example("https://mirror.example/github.com")
            .ours();

    /** What the peer takes besides releases. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?:cloud|lab):.*|https?://.*|git@.*|ssh://.*");

    private InstallInputs() {}

    static ToolVersion version(String text) throws InvalidValue {
        if (ELSEWHERE.matcher(text).matches()) {
            throw new InvalidValue(
                    text,
                    "a buildx of the cloud or from source is not got here; name its program in BUILDKIT_CI_BUILDX, or a"
                            + " release");
        }
        return ToolVersion.parse(text);
    }

    /** @param version the input that names a release; the distribution decides on that of its packages */
    static InstallSource from(InputReader in, String version) {
        InstallSource from = in.one("install-from", InstallSource::parse).orElse(new InstallSource.Releases());
        if (from instanceof InstallSource.Packages && in.isGiven(version)) {
            in.problem(
                    version,
                    "",
                    "given beside " + in.word("install-from") + "=packages, which have one version; drop one");
        }
        return from;
    }
}
