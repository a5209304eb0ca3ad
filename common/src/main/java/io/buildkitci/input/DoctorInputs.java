package io.buildkitci.input;

import java.util.List;
import java.util.Optional;

/** The inputs of {@code doctor}. */
public final class DoctorInputs {
    public static final InputTable ALL = new InputTable(
            "doctor",
            List.of(InputSpec.text("builder", "the builder to look at; the current one if not given")
                    .example("ci")
                    .ours()));

    private DoctorInputs() {}

    /** The builder to look at; empty means the current one. */
    public static Checked<Optional<String>> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        return in.finish(in.one("builder", Names::builderOrContext));
    }
}
