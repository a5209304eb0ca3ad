package io.buildkitci.install;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.InstallFailure.Stop;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.ToolVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** Finds out which release is meant, and what its files should be. */
final class ReleaseFinder {
    private static final int MOST_PAGES = 5;

    private final Fetching fetching;
    private final Source source;

    ReleaseFinder(Fetching fetching, Source source) {
        this.fetching = fetching;
        this.source = source;
    }

    /** A release that is named is taken at its word; nothing is asked for it. */
    Published find(Tool tool, ToolVersion wanted) throws Stop, InterruptedException {
        if (wanted instanceof ToolVersion.Exact exact) {
            return new Published(new Release(tool, exact.version()), false, Checksums.parse(""));
        }
        List<Published> seen = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Optional<URI> address = source.list(tool, page);
            if (address.isEmpty()) {
                break;
            }
            String list = fetching.text(address.get(), source.token());
            List<Published> found = Published.parse(tool, list);
            Optional<Published> match =
                    found.stream().filter(release -> isWanted(release, wanted)).findFirst();
            if (match.isPresent()) {
                return match.get();
            }
            if (found.isEmpty()) {
                break;
            }
            seen.addAll(found);
        }
        throw new Stop(
                Reason.NOT_PUBLISHED,
                "no release of " + tool.title() + " is '" + wanted.render() + "'",
                seen.isEmpty()
                        ? "look whether " + source.list(tool, 1).orElseThrow() + " tells of any"
                        : "the newest of " + seen.size() + " is "
                                + seen.get(0).release().version());
    }

    static boolean isWanted(Published release, ToolVersion wanted) {
        if (wanted instanceof ToolVersion.Edge) {
            return true;
        }
        if (wanted instanceof ToolVersion.Range range) {
            Semver version = release.order();
            return !release.candidate() && version.satisfies(range.text());
        }
        return !release.candidate();
    }

    /**
     * What a file has to be: as this program knows it, as the list of releases said, as the release's own file of
     * checksums or the file's own provenance has it, or as GitHub tells of it.
     */
    String checksum(Published published, String file) throws Stop, InterruptedException {
        Optional<String> known =
                Release.pinned(file).or(() -> published.checksums().of(file));
        if (known.isPresent()) {
            return known.get();
        }
        Release release = published.release();
        Optional<String> listed = fetching.textIfThere(source.file(release, "checksums.txt"), Optional.empty())
                .flatMap(text -> Checksums.parse(text).of(file));
        if (listed.isPresent()) {
            return listed.get();
        }
        String base = file.replaceFirst("\\.(tar\\.gz|exe)$", "");
        Optional<String> proven = fetching.textIfThere(
                        source.file(release, base + ".provenance.json"), Optional.empty())
                .flatMap(text -> subject(text, file));
        if (proven.isPresent()) {
            return proven.get();
        }
        Optional<URI> described = source.described(release);
        Optional<String> told = described.isEmpty()
                ? Optional.empty()
                : fetching.textIfThere(described.get(), source.token())
                        .flatMap(text -> Published.parseOne(release.tool(), text))
                        .flatMap(one -> one.checksums().of(file));
        return told.orElseThrow(() -> new Stop(
                Reason.NOT_TRUSTED,
                "nobody says what " + source.file(release, file) + " should be; nothing was installed",
                "put the release's checksums.txt beside it, in the form of sha256sum, or take another release"));
    }

    /** An in-toto statement names what it is about, with its digest. */
    private static Optional<String> subject(String statement, String file) {
        for (PlainJson subject : PlainJson.parse(statement).objects("subject")) {
            String sum = subject.object("digest").text("sha256");
            if (subject.text("name").equals(file)) {
                return Checksums.parse(sum + "  " + file).of(file);
            }
        }
        return Optional.empty();
    }
}
