package io.buildkitci.words;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the host calls what a person can change, so that advice is written once and still names the right thing. Names are
 * those of the input tables; every answer is a noun phrase that fits into a sentence: "run {step} before the build",
 * "make it with {call}".
 */
public interface HostWords {
    /** The inputs' and steps' own names, for a host that has no words of its own. */
    HostWords PLAIN = new HostWords() {
        @Override
        public String input(String name) {
            return "'" + name + "'";
        }

        @Override
        public String step(String name) {
            return "'" + name + "'";
        }

        @Override
        public String call(String step, Map<String, String> inputs) {
            return inputs.entrySet().stream()
                    .map(input -> "'" + input.getKey() + ": " + input.getValue() + "'")
                    .collect(Collectors.joining(" and ", step(step) + " with ", ""));
        }

        @Override
        public String variable(String name) {
            return "the variable '" + name + "'";
        }
    };

    /** An input as a person of this host writes it: {@code platforms} is {@code --platforms} on a command line. */
    String input(String name);

    /** A step as a person of this host runs it: {@code setup-qemu} is {@code buildkit-ci setup-qemu}. */
    String step(String name);

    /** Whether this host's people can run a step at all; advice then names another way. */
    default boolean has(String step) {
        return true;
    }

    /**
     * A step run with inputs: {@code buildkit-ci create-builder --name ci}. A host that does not have the step names
     * what its people run instead.
     *
     * @param inputs at least one; values are shown as they are
     */
    String call(String step, Map<String, String> inputs);

    /** A variable that this program reads, as a person of this host sets it: {@code BUILDX}, without any prefix. */
    String variable(String name);

    /**
     * Where a person of this host finds a page of this project: its address, or its path where the address is not known.
     *
     * @param path in the project: {@code docs/failures.md}
     */
    default String page(String path) {
        return path;
    }
}
