package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of one build, for tests that read like what a person types. */
final class BuildCheck {
    final FakeOutside outside = FakeOutside.checkout();
    private final Map<String, RawValue> values = new LinkedHashMap<>();

    static BuildCheck given(String... namesAndTexts) {
        return new BuildCheck().and(namesAndTexts);
    }

    BuildCheck and(String... namesAndTexts) {
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        return this;
    }

    BuildCheck items(String name, String... items) {
        values.put(name, RawValue.of(List.of(items)));
        return this;
    }

    BuildCheck variable(String name, String value) {
        outside.variable(name, value);
        return this;
    }

    BuildCheck file(String path) {
        outside.file(path);
        return this;
    }

    BuildCheck directory(String path) {
        outside.directory(path);
        return this;
    }

    Checked<BuildRequest> check() {
        return BuildInputs.check(RawInput.of(values, name -> "--" + name), outside.outside());
    }

    BuildRequest valid() {
        Checked<BuildRequest> checked = check();
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuildRequest>) checked).value();
    }

    List<String> problems() {
        return check() instanceof Checked.Invalid<BuildRequest> invalid
                ? invalid.problems().stream().map(Problem::render).toList()
                : List.of();
    }

    String problem() {
        List<String> problems = problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    List<String> notices() {
        return check().notices().stream().map(Notice::render).toList();
    }
}
