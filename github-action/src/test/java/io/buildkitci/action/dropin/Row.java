package io.buildkitci.action.dropin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One row of a table: a step as a person writes it, and what comes of it.
 *
 * @param with the {@code with:} block
 * @param peer the peer's calls, one flag an item; empty where it refuses the inputs
 * @param differs what ours does instead
 * @param fails the input for which both refuse to run anything
 */
record Row(
        String name,
        Map<String, String> with,
        Job job,
        List<String> peer,
        Optional<Difference> differs,
        Optional<String> fails) {
    /** The actions that take the place of a peer's, each with a table of its own. */
    static final List<String> STEPS = List.of("build-push", "create-builder", "setup-qemu");

    private static final Path TABLES = Path.of("src/test/resources/dropin");
    private static final Set<String> KEYS = Set.of("name", "with", "job", "peer", "differs", "fails");

    Row {
        with = Map.copyOf(with);
        peer = List.copyOf(peer);
    }

    /**
     * A deliberate difference.
     *
     * @param without what of the peer's call is not in ours
     * @param with what of ours is not in the peer's call
     * @param refuses the input for which ours runs nothing
     */
    record Difference(String why, List<String> without, List<String> with, Optional<String> refuses) {
        Difference {
            without = List.copyOf(without);
            with = List.copyOf(with);
        }
    }

    /** The rows of a step's table. */
    static List<Row> of(String step) {
        return maps(load(TABLES.resolve(step + ".yaml"))).stream().map(Row::of).toList();
    }

    /** YAML in which every scalar is the text that was written. */
    static Object load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object parse(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new FailsafeSchema()).build();
        return requireNonNull(new Load(settings).loadFromString(yaml));
    }

    private static Row of(Map<String, Object> row) {
        if (!KEYS.containsAll(row.keySet())) {
            throw new IllegalArgumentException("unknown key in " + row.keySet());
        }
        Job job = Job.of(map(row.getOrDefault("job", Map.of())));
        return new Row(
                requireNonNull(row.get("name")).toString(),
                texts(row.get("with")),
                job,
                items(row, "peer", job),
                Optional.ofNullable(row.get("differs")).map(d -> difference(map(d), job)),
                text(row, "fails"));
    }

    private static Difference difference(Map<String, Object> differs, Job job) {
        return new Difference(
                requireNonNull(differs.get("why")).toString(),
                items(differs, "without", job),
                items(differs, "with", job),
                text(differs, "refuses"));
    }

    private static List<String> items(Map<String, Object> of, String key, Job job) {
        List<?> items = (List<?>) of.getOrDefault(key, List.of());
        return items.stream().map(Object::toString).map(job::filledIn).toList();
    }

    private static Optional<String> text(Map<String, Object> of, String key) {
        return Optional.ofNullable(of.get(key)).map(Object::toString);
    }

    static Map<String, String> texts(@Nullable Object of) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(requireNonNull(of)).forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    static Map<String, Object> map(Object of) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) of).forEach((key, value) -> map.put(String.valueOf(key), requireNonNull(value)));
        return map;
    }

    private static List<Map<String, Object>> maps(Object of) {
        return new ArrayList<>((List<?>) of).stream().map(Row::map).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
