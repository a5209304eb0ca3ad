package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.BuilderSpec.ConfigSource;
import io.buildkitci.model.BuilderSpec.ConfigText;
import io.buildkitci.model.BuilderSpec.ConfigWith;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;

/** The configuration of a builder's daemons as one text. */
public final class BuildkitdConfig {
    private BuildkitdConfig() {}

    /** @throws InvalidValue if two parts of it contradict each other, or a file of it cannot be read */
    public static String text(ConfigSource source, HostFiles files) throws InvalidValue {
        if (source instanceof ConfigText text) {
            return text.toml();
        }
        if (source instanceof ConfigWith with) {
            return with.addTo(with.base().isPresent() ? text(with.base().get(), files) : "");
        }
        String path = ((ConfigFile) source).path();
        return files.read(Path.of(path)).orElseThrow(() -> new InvalidValue(path, "cannot be read as a text"));
    }
}
