package io.jenkins.plugins.buildkit.step;

import io.buildkitci.input.Checked;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.jenkins.plugins.buildkit.parameters.ParameterText;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of a step that builds images as scripts write them, and the step's properties. */
final class ImageArguments {
    /** Parameters that are no inputs, or that are more than a text here. */
    static final Set<String> OWN = Set.of(
            "secrets",
            "ssh",
            "registryCredentialsId",
            "registryUrl",
            "buildx",
            "provenanceAttributes",
            "sbomAttributes");

    /** Where nothing is known of an agent yet: every file is there, and every variable. */
    private static final Outside ANYWHERE = new Outside(name -> Optional.of(name), path -> true, path -> true);

    private final StepParameters parameters;
    private final List<String> problems = new ArrayList<>();

    private ImageArguments(StepParameters parameters) {
        this.parameters = parameters;
    }

    /** Reads inputs of the engine. */
    interface Check {
        Checked<?> check(RawInput raw, Outside outside);
    }

    /** @param engine tells what is wrong with the rest, when the arguments themselves are */
    static Map<String, Object> read(StepParameters parameters, Map<String, ?> arguments, Check engine) {
        return new ImageArguments(parameters).read(arguments, engine);
    }

    private Map<String, Object> read(Map<String, ?> arguments, Check engine) {
        Map<String, Object> given = new LinkedHashMap<>(arguments);
        if (given.containsKey("secret") && !given.containsKey("secrets")) {
            given.put("secrets", given.remove("secret"));
        }
        StepParameters.Read read = parameters.read(given);
        problems.addAll(read.problems());
        Map<String, Object> values = read.values();
        values.computeIfPresent(
                "secrets",
                (name, value) -> items(name, value, BuildSecret.class, BuildSecret::ofText, BuildSecret::new));
        values.computeIfPresent(
                "ssh", (name, value) -> items(name, value, BuildSsh.class, BuildSsh::ofText, BuildSsh::new));
        if (!problems.isEmpty()) {
            if (engine.check(raw(values), ANYWHERE) instanceof Checked.Invalid<?> invalid) {
                invalid.problems().stream().map(Problem::render).forEach(problems::add);
            }
            throw BadArguments.of(StepFailure.ofTexts(parameters.step(), problems));
        }
        return AttestationArguments.apart(values);
    }

    private RawInput raw(Map<String, Object> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> parameters
                .input(name)
                .filter(spec -> !(value instanceof List<?>))
                .ifPresent(spec -> texts.put(spec.name(), value.toString())));
        return StepParameters.rawInput(texts);
    }

    /** Texts in the input's own syntax stay texts; maps name credentials. */
    private <T> List<T> items(
            String name,
            Object value,
            Class<T> type,
            Function<String, T> ofText,
            BiFunction<String, String, T> ofCredentials) {
        List<T> items = new ArrayList<>();
        if (!(value instanceof Iterable<?> list)) {
            text(name, value, ParameterText::of).map(ofText).ifPresent(items::add);
            return items;
        }
        for (Object item : list) {
            if (type.isInstance(item)) {
                items.add(type.cast(item));
            } else if (item instanceof UninstantiatedDescribable describable) {
                credentials(name, describable.getArguments(), ofCredentials).ifPresent(items::add);
            } else if (item instanceof Map<?, ?> map) {
                credentials(name, map, ofCredentials).ifPresent(items::add);
            } else if (item != null) {
                text(name, item.toString(), ParameterText::item).map(ofText).ifPresent(items::add);
            }
        }
        return items;
    }

    /** For a step whose engine takes such texts. */
    private <V> Optional<String> text(String name, V value, BiFunction<InputSpec, V, String> written) {
        Optional<InputSpec> spec = parameters.table().named(name);
        if (spec.isEmpty()) {
            problems.add(name + ": an item is a map with id and credentialsId, as in"
                    + " [id: 'npm', credentialsId: 'token']; others are the definition's");
        }
        return spec.map(known -> written.apply(known, value));
    }

    private <T> Optional<T> credentials(String name, Map<?, ?> map, BiFunction<String, String, T> ofCredentials) {
        Object id = map.get("id");
        Object credentials = map.get("credentialsId");
        for (Object key : map.keySet()) {
            if (!Set.of("id", "credentialsId", "$class").contains(String.valueOf(key))) {
                problems.add(name + ": unknown key '" + key + "'; accepted are id and credentialsId");
            }
        }
        if (id == null || credentials == null) {
            problems.add(name + ": an item needs both id and credentialsId, as in [id: 'npm', credentialsId: 'token']");
            return Optional.empty();
        }
        return Optional.of(ofCredentials.apply(id.toString(), credentials.toString()));
    }
}
