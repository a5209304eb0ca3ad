package io.buildkitci.report;

import io.buildkitci.report.BuilderUsed.PlatformRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A platform as a table shows it.
 *
 * @param digest of its manifest; empty where it is not known
 * @param run how it was built; empty where that is not known
 */
record PlatformRow(String platform, String digest, Optional<PlatformRun> run) {
    /** Each platform once; none for a single one that ran natively and has no digest of its own: that says nothing. */
    static List<PlatformRow> of(BuildReport report) {
        Map<String, PlatformRow> rows = new LinkedHashMap<>();
        for (PlatformRun run : report.builder().platforms()) {
            String platform = run.platform().render();
            rows.putIfAbsent(platform, new PlatformRow(platform, "", Optional.of(run)));
        }
        if (report.image().isPresent()) {
            for (Image.PlatformDigest built : report.image().get().platforms()) {
                String platform = built.platform().render();
                PlatformRow row = rows.getOrDefault(platform, new PlatformRow(platform, "", Optional.empty()));
                if (row.digest().isEmpty()) {
                    rows.put(platform, new PlatformRow(platform, built.digest(), row.run()));
                }
            }
        }
        List<PlatformRow> all = new ArrayList<>(rows.values());
        return all.size() == 1 && all.get(0).isPlain() ? List.of() : all;
    }

    private boolean isPlain() {
        return digest.isEmpty()
                && run.filter(its -> its.emulator().isEmpty() && its.runnable()).isPresent();
    }
}
