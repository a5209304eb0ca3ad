package io.buildkitci.builder;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The builders that processes of this user are making, a small file each: buildx cannot label what it makes, so a builder is
 * noted before it is made and struck off when it is there. One that is noted and whose maker's private directory is gone
 * was left by a process that was killed. See ADR 21.
 */
final class BuildersBeingMade {
    private final HostFiles files;
    private final Path directory;
    private final String place;

    BuildersBeingMade(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.directory = environment.daemons().resolveSibling("being-made");
        this.place = environment.place();
    }

    /**
     * Notes a builder that is not there.
     *
     * @param maker the private directory of the process that makes it
     * @param keepState whether there was state of such a builder before, which is not of this making
     * @return the note
     */
    Path note(String name, Path maker, boolean keepState) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("maker", maker.toString());
        fields.put("place", place);
        fields.put("keepState", keepState);
        Path note = directory.resolve(maker.getFileName() + ".json");
        files.writePrivate(note, JsonText.pretty(fields).getBytes(StandardCharsets.UTF_8));
        return note;
    }

    void strikeOff(Path note) throws IOException {
        files.remove(note);
    }

    /** One whose maker was killed. */
    record Left(String name, boolean keepState, Path note) {}

    /**
     * Those of this user's builders on this engine whose makers are dead: their private directories are removed, or among
     * those that would be.
     */
    List<Left> left(List<Path> dead) {
        List<Left> left = new ArrayList<>();
        for (String entry : files.list(directory)) {
            Path note = directory.resolve(entry);
            PlainJson json = PlainJson.parse(files.read(note).orElse(""));
            Optional<String> maker = Optional.of(json.text("maker")).filter(text -> !text.isEmpty());
            boolean here = json.text("place").equals(place);
            boolean over = maker.map(Path::of)
                    .filter(directory -> dead.contains(directory) || !files.isDirectory(directory))
                    .isPresent();
            if (here && over) {
                left.add(new Left(json.text("name"), json.isTrue("keepState"), note));
            }
        }
        return left;
    }
}
