package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.list;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.ClusterRequest;
import io.buildkitci.model.DoctorRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.EngineSetup;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The inputs of {@code doctor}. */
public final class DoctorInputs {
    private static final String BUILDX = "buildx-version";
    private static final String BUILDKIT = "buildkit-version";
    private static final String KUBERNETES = "kubernetes";
    private static final String DRIVER_OPTS = "driver-opts";
    private static final String ENABLE = "enable-buildkit";
    private static final String WRITE = "write";
    private static final String DAEMON_CONFIG = "daemon-config";

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
                    flag(
                                    "gc",
                                    false,
                                    "remove what killed runs left: private files, clients that run on, half-made builders, daemons of builds")
                            .ours(),
                    InstallInputs.FROM,
                    flag(KUBERNETES, false, "print what a cluster must allow for builders of driver kubernetes")
                            .ours(),
                    list(DRIVER_OPTS, "the options of that builder, name=value")
                            .kind(InputSpec.Kind.LINES)
                            .example("namespace=ci")
                            .ours(),
                    flag(
                                    ENABLE,
                                    false,
                                    "show the change of daemon.json that turns on the engine's BuildKit and its containerd"
                                            + " image store")
                            .ours(),
                    flag(WRITE, false, "make that change, with a backup; the engine reads it when it is restarted")
                            .ours(),
                    text(DAEMON_CONFIG, "the engine's daemon.json, where it is not at its usual place")
                            .example("/var/snap/docker/current/config/daemon.json")
                            .ours()));

    /** What doctor does to this machine or asks of it. */
    private static final List<String> HERE = List.of("builder", "install", BUILDX, BUILDKIT, "gc");

    private DoctorInputs() {}

    public static Checked<DoctorRequest> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        DoctorRequest request = new DoctorRequest(
                in.one("builder", Names::builderOrContext),
                in.flag("install"),
                in.one(BUILDX, InstallInputs::version),
                in.one(BUILDKIT, InstallInputs::version),
                InstallInputs.from(in, BUILDX),
                cluster(in),
                engine(in),
                in.flag("gc"));
        InstallInputs.from(in, BUILDKIT);
        return in.finish(request);
    }

    private static Optional<EngineSetup> engine(InputReader in) {
        Optional<String> file = in.text(DAEMON_CONFIG);
        if (!in.flag(ENABLE)) {
            Stream.of(WRITE, DAEMON_CONFIG)
                    .filter(in::isGiven)
                    .forEach(input -> in.problem(input, "", "given without " + ENABLE + ", which it is for"));
            return Optional.empty();
        }
        alone(in, ENABLE, HERE.stream());
        return Optional.of(new EngineSetup(in.flag(WRITE), file));
    }

    private static void alone(InputReader in, String input, Stream<String> others) {
        others.filter(in::isGiven)
                .forEach(other -> in.problem(
                        other, "", "given beside " + in.word(input) + ", which does nothing else; drop one"));
    }

    private static Optional<ClusterRequest> cluster(InputReader in) {
        if (!in.flag(KUBERNETES)) {
            if (in.isGiven(DRIVER_OPTS)) {
                in.problem(DRIVER_OPTS, "", "given without " + in.word(KUBERNETES) + ", which they are for");
            }
            return Optional.empty();
        }
        alone(in, KUBERNETES, Stream.concat(HERE.stream(), Stream.of(ENABLE)));
        List<Setting> options = DriverOptions.read(in, Driver.KUBERNETES);
        KubernetesOptions.checkTogether(in, options, false);
        return Optional.of(new ClusterRequest(options));
    }
}
