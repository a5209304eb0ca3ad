package io.buildkitci.build;

import io.buildkitci.words.HostWords;
import java.util.Map;

/** Words for what is written in a definition, where inputs of a build are attributes of a target, whoever the host is. */
record DefinitionWords(HostWords host) implements HostWords {
    @Override
    public String input(String name) {
        return "'" + name + "'";
    }

    @Override
    public String step(String name) {
        return host.step(name);
    }

    @Override
    public boolean has(String step) {
        return host.has(step);
    }

    @Override
    public String call(String step, Map<String, String> inputs) {
        return host.call(step, inputs);
    }

    @Override
    public String variable(String name) {
        return host.variable(name);
    }

    @Override
    public String page(String path) {
        return host.page(path);
    }
}
