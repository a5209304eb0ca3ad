package io.buildkitci.action.dropin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an {@code action.yml} declares. */
public record ActionYml(Map<String, String> defaults, Set<String> outputs) {
    public ActionYml {
        defaults = Map.copyOf(defaults);
        outputs = Set.copyOf(outputs);
    }

    /** Of one of our actions; the root's own is called {@code .}. */
    public static ActionYml of(String action) {
        return read(Path.of("..").resolve(action).resolve("action.yml"));
    }

    static ActionYml read(Path file) {
        Map<String, Object> yml = Row.map(Row.load(file));
        Map<String, String> defaults = new LinkedHashMap<>();
        Row.map(yml.getOrDefault("inputs", Map.of()))
                .forEach((name, input) -> defaults.put(
                        name, Row.map(input).getOrDefault("default", "").toString()));
        return new ActionYml(
                defaults, Row.map(yml.getOrDefault("outputs", Map.of())).keySet());
    }

    /** The variables of a step's inputs, as actions/runner sets them: declared ones with their defaults, then the given. */
    public Map<String, String> variables(Map<String, String> with) {
        Map<String, String> values = new TreeMap<>(defaults);
        values.replaceAll((name, value) -> value.replaceAll("\\$\\{\\{\\s*github\\.token\\s*}}", Job.TOKEN));
        values.putAll(with);
        Map<String, String> variables = new TreeMap<>();
        values.forEach((name, value) ->
                variables.put("INPUT_" + name.toUpperCase(Locale.ROOT).replace(' ', '_'), value));
        return variables;
    }

    /** Names of a step's inputs that are not declared, of which the runner warns. */
    List<String> undeclared(Set<String> given) {
        return given.stream().filter(name -> !defaults.containsKey(name)).toList();
    }
}
