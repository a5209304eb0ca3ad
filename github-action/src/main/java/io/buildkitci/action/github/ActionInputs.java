package io.buildkitci.action.github;

import io.buildkitci.action.runner.StepLog;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Inputs as the runner hands them to an action: {@code INPUT_BUILD-ARGS}; one that was not given is empty or not there. */
final class ActionInputs {
    private static final String PREFIX = "INPUT_";

    /** Says which action runs; every action.yml has its own default for it. */
    static final String STEP = "INPUT_STEP";

    private ActionInputs() {}

    /** An input that there is not is told and left out, as the peers do: the runner warns of it too. */
    static RawInput read(Map<String, String> environment, List<InputTable> tables, StepLog log) {
        Map<String, RawValue> values = new TreeMap<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String variable = entry.getKey();
            if (!variable.startsWith(PREFIX)
                    || variable.equals(STEP)
                    || entry.getValue().isBlank()) {
                continue;
            }
            String name = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
            if (isKnown(name, tables)) {
                values.put(name, RawValue.of(entry.getValue()));
            } else {
                log.warn("there is no input '" + name + "'; it is not used"
                        + nearest(name, tables)
                                .map(n -> "; did you mean '" + n + "'?")
                                .orElse(""));
            }
        }
        return RawInput.of(values);
    }

    private static boolean isKnown(String name, List<InputTable> tables) {
        for (InputTable table : tables) {
            if (table.named(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> nearest(String name, List<InputTable> tables) {
        return tables.stream().flatMap(table -> table.nearest(name).stream()).findFirst();
    }

    /** The inputs of one table among those of several. */
    static RawInput of(InputTable table, RawInput inputs) {
        Map<String, RawInput.Given> own = new TreeMap<>();
        inputs.given().forEach((name, given) -> {
            if (table.named(name).isPresent()) {
                own.put(name, given);
            }
        });
        return new RawInput(own);
    }

    /** What was given as the text of an input. */
    static Optional<String> text(RawInput inputs, String name) {
        return inputs.get(name)
                .map(given -> given.value() instanceof RawValue.Text text
                        ? text.text().strip()
                        : "")
                .filter(text -> !text.isEmpty());
    }
}
