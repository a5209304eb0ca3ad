package io.buildkitci.build;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** At which addresses builders reached cache services lately, in a file beside buildx's own; losing it costs a probe. */
final class ReachedAddresses {
    private static final Duration GOOD = Duration.ofHours(1);
    private static final int MOST = 50;

    private final HostFiles files;
    private final Path file;
    private final InstantSource clock;

    ReachedAddresses(HostFiles files, Path buildxConfig, InstantSource clock) {
        this.files = files;
        this.file = buildxConfig.resolve("buildkit-ci").resolve("cache-addresses.json");
        this.clock = clock;
    }

    /** @param among the addresses that the service may be reached at */
    Optional<String> of(String builder, List<String> among) {
        PlainJson known = PlainJson.parse(files.read(file).orElse("")).object(key(builder, among));
        return Optional.of(known.text("address")).filter(address -> among.contains(address) && isGood(known));
    }

    private boolean isGood(PlainJson entry) {
        long age = clock.instant().getEpochSecond() - entry.wholeNumber("seen").orElse(0L);
        return age >= 0 && age < GOOD.toSeconds();
    }

    void remember(String builder, List<String> among, String address) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put(
                key(builder, among),
                Map.of("address", address, "seen", clock.instant().getEpochSecond()));
        PlainJson before = PlainJson.parse(files.read(file).orElse(""));
        before.fields().forEach((key, entry) -> {
            if (kept.size() < MOST && isGood(before.object(key.toString()))) {
                kept.putIfAbsent(key.toString(), entry);
            }
        });
        try {
            files.writePrivate(file, JsonText.line(kept).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the next build asks again
        }
    }

    private static String key(String builder, List<String> among) {
        return builder + " " + String.join(" ", among);
    }
}
