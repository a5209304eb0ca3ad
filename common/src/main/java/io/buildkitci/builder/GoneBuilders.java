package io.buildkitci.builder;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notes of builders that were made here and that buildx does not remember any more: somebody else has removed them. A builder
 * that is missed is asked for soon, so a note goes when none of its name has been there for a month.
 */
final class GoneBuilders {
    private static final Duration LONG = Duration.ofDays(30);
    private static final String GONE = "gone";

    private final HostFiles files;
    private final Path notes;
    private final InstantSource clock;

    GoneBuilders(HostFiles files, Path notes, InstantSource clock) {
        this.files = files;
        this.notes = notes;
        this.clock = clock;
    }

    /** Forgets those that have long been gone, and notes since when others are. */
    void forget() {
        for (String entry : files.list(notes)) {
            Path note = notes.resolve(entry);
            try {
                look(note, PlainJson.parse(files.read(note).orElse("")));
            } catch (IOException e) {
                // it is looked at again
            }
        }
    }

    private void look(Path note, PlainJson json) throws IOException {
        Optional<Path> remembered = BuilderStore.rememberedAt(json.text("place"), json.text("name"));
        if (remembered.isEmpty()) {
            return;
        }
        Optional<Instant> gone = json.wholeNumber(GONE).map(Instant::ofEpochSecond);
        Instant now = clock.instant();
        if (files.isReadable(remembered.get())) {
            if (gone.isPresent()) {
                write(note, json, Optional.empty());
            }
        } else if (gone.isEmpty() || gone.get().isAfter(now)) {
            write(note, json, Optional.of(now));
        } else if (gone.get().plus(LONG).isBefore(now)) {
            files.remove(note);
        }
    }

    private void write(Path note, PlainJson json, Optional<Instant> gone) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        json.fields().forEach((name, value) -> fields.put(String.valueOf(name), value));
        fields.remove(GONE);
        gone.ifPresent(since -> fields.put(GONE, since.getEpochSecond()));
        files.writePrivate(note, JsonText.pretty(fields).getBytes(StandardCharsets.UTF_8));
    }
}
