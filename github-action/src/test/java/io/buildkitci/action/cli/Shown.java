package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.json.PlainJson;
import java.util.ArrayList;
import java.util.List;

/** What {@code --plan} showed. */
record Shown(PlainJson json) {
    /** Everything but the client, the place of its records and the context. */
    private static final int BEFORE = 2;

    static Shown of(PlayedMachine.Said said) {
        assertThat(said.exit()).as(said.err()).isZero();
        return new Shown(PlainJson.parse(said.out()));
    }

    List<String> list(String field) {
        List<String> texts = new ArrayList<>();
        if (json.fields().get(field) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    List<String> flags() {
        List<String> argv = list("argv");
        return argv.subList(BEFORE, argv.indexOf("--progress"));
    }

    String context() {
        List<String> argv = list("argv");
        return argv.get(argv.size() - 1);
    }
}
