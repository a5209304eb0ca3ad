package io.jenkins.plugins.buildkit.step;

import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jspecify.annotations.Nullable;

/** A step whose parameters are inputs of the engine, kept as texts by the inputs' names; what is not given is not kept. */
public abstract class InputParameters extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> texts = new TreeMap<>();

    /** What was given, by the names of inputs. */
    public Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** Takes over what was read from a file, in which the field may be missing. */
    final void take(InputParameters read) {
        Optional.ofNullable(read.texts).ifPresent(texts::putAll);
    }

    final @Nullable String text(String input) {
        return texts.get(input);
    }

    final void put(String input, @Nullable String text) {
        String kept = StepParameters.kept(text);
        if (kept == null) {
            texts.remove(input);
        } else {
            texts.put(input, kept);
        }
    }

    final boolean flag(String input) {
        return "true".equals(text(input));
    }

    final void put(String input, boolean flag) {
        put(input, flag ? "true" : null);
    }

    /** For a flag that is on unless it is switched off. */
    final boolean flagUnlessOff(String input) {
        return !"false".equals(text(input));
    }

    final void putUnlessOn(String input, boolean flag) {
        put(input, flag ? null : "false");
    }

    /** For an input that is true, false or attributes: the first two. */
    final @Nullable Boolean choice(String input) {
        String text = text(input);
        return "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : null;
    }

    /** Nothing leaves attributes as they are: forms set both. */
    final void putChoice(String input, @Nullable Boolean value) {
        if (value != null || attributes(input) == null) {
            put(input, value == null ? null : value.toString());
        }
    }

    /** For an input that is true, false or attributes: the last. */
    final @Nullable String attributes(String input) {
        return choice(input) == null ? text(input) : null;
    }

    /** Nothing leaves a choice as it is: forms set both. */
    final void putAttributes(String input, @Nullable String text) {
        if (StepParameters.kept(text) != null) {
            put(input, text);
        }
    }
}
