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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The builders that were made by this user and not removed by us since, a small file each, so that one that somebody else
 * removes can be made again as it was. See ADR 22.
 */
final class BuildersMade {
    private final HostFiles files;
    private final BuilderStore store;
    private final Path directory;
    private final String place;

    BuildersMade(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.store = new BuilderStore(files, environment);
        this.directory = environment.daemons().resolveSibling("made");
        this.place = environment.place();
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
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("place", place);
            fields.putAll(MadeBuilder.of(name, spec, config, mark.get()).fields());
            files.writePrivate(note(name), JsonText.pretty(fields).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | InvalidValue e) {
            forget(name);
        }
    }

    /** @param seen {@link BuilderStore#mark} when it was last there; another one of that name is not meant */
    Optional<MadeBuilder> find(String name, Optional<String> seen) {
        return files.read(note(name))
                .map(PlainJson::parse)
                .filter(json -> json.text("place").equals(place))
                .map(MadeBuilder::parse)
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
