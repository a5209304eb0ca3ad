package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the inputs of one step one by one and collects everything that is wrong or worth a word. One use, one thread. */
final class InputReader {
    /** From the text of one item to its value. */
    interface Parser<T> {
        T parse(String text) throws InvalidValue;
    }

    private static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "True", true, "TRUE", true, "false", false, "False", false, "FALSE", false);
    private static final String BOOLEANS_ACCEPTED = "not a boolean; accepted are true and false";

    private final InputTable table;
    private final RawInput raw;
    private final Outside outside;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Notice> notices = new LinkedHashSet<>();

    InputReader(InputTable table, RawInput raw, Outside outside) {
        this.table = table;
        this.raw = table.canonical(raw);
        this.outside = outside;
        for (Map.Entry<String, RawInput.Given> input : this.raw.given().entrySet()) {
            checkName(input.getKey(), input.getValue());
        }
    }

    private void checkName(String name, RawInput.Given given) {
        Optional<InputSpec> spec = table.named(name);
        if (spec.isEmpty()) {
            String near = table.nearest(name)
                    .map(n -> "did you mean '" + n + "'?")
                    .orElse("see the help of " + table.step() + " for all inputs");
            problems.add(new Problem(given.word(), "", "unknown input; " + near));
        } else if (!spec.get().name().equals(name)) {
            problems.add(new Problem(
                    given.word(), "", "given beside " + word(spec.get().name()) + ", its other name"));
        }
    }

    Outside outside() {
        return outside;
    }

    /** What the person calls an input. */
    String word(String name) {
        Optional<RawInput.Given> given = raw.get(name);
        return given.isPresent() ? given.get().word() : name;
    }

    /** Whether a person gave it, with something in it. */
    boolean isGiven(String name) {
        Optional<RawInput.Given> given = raw.get(name);
        return given.isPresent() && !isEmpty(given.get().value());
    }

    private static boolean isEmpty(RawValue value) {
        return value instanceof RawValue.Items items
                ? items.items().isEmpty()
                : value instanceof RawValue.Text text && text.text().isBlank();
    }

    Optional<String> text(String name) {
        InputSpec spec = spec(name);
        RawValue given = isGiven(name) ? raw.get(name).orElseThrow().value() : RawValue.of(spec.defaultValue());
        if (given instanceof RawValue.Items items && items.items().size() > 1) {
            problem(name, "", "takes one value; " + items.items().size() + " were given");
            return Optional.empty();
        }
        String text = given instanceof RawValue.Text whole
                ? whole.text()
                : ((RawValue.Items) given).items().get(0);
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    boolean flag(String name) {
        return one(name, InputReader::parseBoolean).orElse(false);
    }

    static boolean parseBoolean(String text) throws InvalidValue {
        return booleanOf(text).orElseThrow(() -> new InvalidValue(text, BOOLEANS_ACCEPTED));
    }

    static Optional<Boolean> booleanOf(String text) {
        return Optional.ofNullable(BOOLEANS.get(text));
    }

    /** A text as a value; empty if there is none or it is reported as a problem. */
    <T> Optional<T> one(String name, Parser<T> parser) {
        Optional<String> text = text(name);
        return text.isPresent() ? parsed(name, text.get(), parser) : Optional.empty();
    }

    /** The items of a list as values, without those that are reported as problems. */
    <T> List<T> each(String name, Parser<T> parser) {
        List<T> values = new ArrayList<>();
        for (String item : items(name)) {
            Optional<T> value = parsed(name, item, parser);
            if (value.isPresent()) {
                values.add(value.get());
            }
        }
        return List.copyOf(values);
    }

    List<String> items(String name) {
        InputSpec spec = spec(name);
        if (!isGiven(name) && spec.defaultValue().isEmpty()) {
            return List.of();
        }
        RawValue value = isGiven(name) ? raw.get(name).orElseThrow().value() : RawValue.of(spec.defaultValue());
        try {
            return ListRules.items(spec.kind(), value);
        } catch (InvalidValue e) {
            problem(name, e.given(), e.reason());
            return List.of();
        }
    }

    private <T> Optional<T> parsed(String name, String text, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(text));
        } catch (InvalidValue e) {
            problem(name, e.given(), e.reason());
            return Optional.empty();
        }
    }

    /**
     * @param given as the person wrote it; masked here
     * @param reason must repeat nothing that may be secret
     */
    void problem(String name, String given, String reason) {
        boolean sensitive = spec(name).sensitive() && !given.isEmpty();
        problems.add(new Problem(word(name), sensitive ? "***" : Masking.mask(given), reason));
    }

    void notice(String name, String text) {
        notices.add(new Notice(word(name), text));
    }

    /** Takes over what another reader found. */
    void include(InputReader other) {
        notices.addAll(other.notices);
        problems.addAll(other.problems);
    }

    <T> Checked<T> finish(T value) {
        return problems.isEmpty()
                ? new Checked.Valid<>(value, new ArrayList<>(notices))
                : new Checked.Invalid<>(new ArrayList<>(problems), new ArrayList<>(notices));
    }

    private InputSpec spec(String name) {
        Optional<InputSpec> spec = table.named(name);
        if (spec.isEmpty()) {
            throw new IllegalArgumentException(table.step() + " has no " + name);
        }
        return spec.get();
    }
}
