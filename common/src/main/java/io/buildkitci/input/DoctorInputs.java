package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.DoctorRequest;
import java.util.List;

/** The inputs of {@code doctor}. */
public final class DoctorInputs {
    private static final String BUILDX = "buildx-version";
    private static final String BUILDKIT = "buildkit-version";

    public static final InputTable ALL = new InputTable(
            "doctor",
            List.of(
                    text("builder", "the builder to look at; the current one if not given")
                            .example("ci")
                            .ours(),
                    flag("install", false, "get what is missing: buildx, BuildKit where no engine answers, emulators")
                            .ours(),
                    text(
                                    BUILDX,
                                    "the buildx to install, also in the place of another one: a release, a range or latest")
                            .example("v0.36.1")
                            .ours(),
                    text(BUILDKIT, "the BuildKit to install, whether or not there is an engine")
                            .example("v0.32.2")
                            .ours(),
                    flag("gc", false, "remove what killed runs left: private files, and clients that run on")
                            .ours(),
                    InstallInputs.FROM));

    private DoctorInputs() {}

    public static Checked<DoctorRequest> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        DoctorRequest request = new DoctorRequest(
                in.one("builder", Names::builderOrContext),
                in.flag("install"),
                in.one(BUILDX, InstallInputs::version),
                in.one(BUILDKIT, InstallInputs::version),
                InstallInputs.from(in, BUILDX),
                in.flag("gc"));
        InstallInputs.from(in, BUILDKIT);
        return in.finish(request);
    }
}
