package io.buildkitci.input;

import io.buildkitci.model.RemoveBuilderRequest;
import java.util.List;
import java.util.Optional;

/** The inputs of {@code remove-builder}. */
public final class RemoveBuilderInputs {
    public static final InputTable ALL = new InputTable(
            "remove-builder",
            List.of(
                    InputSpec.text("name", "name of the builder").example("ci").ours(),
                    InputSpec.flag("keep-state", false, "keep its cache for a later builder of the same name")
                            .ours()));

    private RemoveBuilderInputs() {}

    public static Checked<RemoveBuilderRequest> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        Optional<String> name = in.one("name", Names::builder);
        if (!in.isGiven("name")) {
            in.problem("name", "", "say which builder is removed");
        }
        return in.finish(new RemoveBuilderRequest(name.orElse(""), in.flag("keep-state")));
    }
}
