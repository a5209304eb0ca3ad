package io.buildkitci.builder;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The builders that were made by this user and not removed by us since, a small file each, so that one that somebody else
 * removes can be made again as it was (ADR 22), and one whose job was cut off can be removed (ADR 21).
 */
final class BuildersMade {
    private final HostFiles files;
    private final BuilderStore store;
    private final Path directory;
    private final String place;
    private final GoneBuilders gone;

    BuildersMade(HostFiles files, ClientEnvironment environment, InstantSource clock) {
        this.files = files;
        this.store = new BuilderStore(files, environment);
        this.directory = environment.daemons().resolveSibling("made");
        this.place = environment.place();
        this.gone = new GoneBuilders(files, directory, clock);
    }

    /** Forgets those that others removed long ago. */
    void forgetGone() {
        gone.forget();
    }

    /** Notes one that has just been made. Where it cannot be noted, it is there all the same. */
    void keep(String name, BuilderSpec spec) {
        Optional<String> mark = store.mark(name);
        if (mark.isEmpty()) {
            return;
        }
        try {
            boolean isFile =
                    spec.buildkitdConfig().filter(ConfigFile.class::isInstance).isPresent();
            Optional<String> config = isFile || spec.buildkitdConfig().isEmpty()
                    ? Optional.empty()
                    : Optional.of(BuildkitdConfig.text(spec.buildkitdConfig().get(), files));
            write(MadeBuilder.of(name, spec, config, mark.get()));
        } catch (IOException | InvalidValue e) {
            forget(name);
        }
    }

    private void write(MadeBuilder made) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", place);
        fields.putAll(made.fields());
        files.writePrivate(note(made.name()), JsonText.pretty(fields).getBytes(StandardCharsets.UTF_8));
    }

    /** Notes the job that one of these ends with. */
    void belongsTo(BuilderJob job, String name) {
        Optional<String> mark = store.mark(name);
        Optional<MadeBuilder> made = mark.isPresent() ? find(name, mark) : Optional.empty();
        try {
            if (made.isPresent()) {
                write(made.get().of(Optional.of(job)));
            }
        } catch (IOException e) {
            // its job removes it where that ends well
        }
    }

    /** Another job, or a person, uses it as well: it does not end with the job that it was made for. */
    void isShared(String name) {
        Optional<String> mark = store.mark(name);
        Optional<MadeBuilder> made = mark.isPresent() ? find(name, mark) : Optional.empty();
        boolean ofAnother =
                made.flatMap(MadeBuilder::job).filter(job -> !job.isHere(files)).isPresent();
        try {
            if (ofAnother) {
                write(made.get().of(Optional.empty()));
            }
        } catch (IOException e) {
            forget(name);
        }
    }

    /** Those whose jobs are over without having removed them; one of the same name that is somebody else's is none. */
    List<MadeBuilder> leftByJobs() {
        return files.list(directory).stream()
                .flatMap(entry -> read(directory.resolve(entry)).stream())
                .filter(made -> made.job().filter(job -> job.isOver(files)).isPresent())
                .filter(made -> store.mark(made.name()).equals(Optional.of(made.mark())))
                .toList();
    }

    private Optional<MadeBuilder> read(Path note) {
        return files.read(note)
                .map(PlainJson::parse)
                .filter(json -> json.text("place").equals(place))
                .map(MadeBuilder::parse);
    }

    /** @param seen {@link BuilderStore#mark} when it was last there; another one of that name is not meant */
    Optional<MadeBuilder> find(String name, Optional<String> seen) {
        return read(note(name))
                .filter(made -> made.name().equals(name))
                .filter(made -> seen.isEmpty() || seen.get().equals(made.mark()));
    }

    void forget(String name) {
        try {
            files.remove(note(name));
        } catch (IOException e) {
            // one that is asked for again is made again
        }
    }

    /** One user may have builders of the same name in several places. */
    private Path note(String name) {
        return directory.resolve(BuilderStore.sha256(place + " " + name).substring(0, 16) + ".json");
    }
}
