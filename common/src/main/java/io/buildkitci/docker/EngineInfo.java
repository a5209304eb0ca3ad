package io.buildkitci.docker;

import io.buildkitci.docker.DockerEngine.Answer;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Unreachable;
import io.buildkitci.json.PlainJson;
import java.util.List;

/** Reads what {@code docker info --format '{{json .}}'} prints. */
final class EngineInfo {
    private static final String CONTAINERD_SNAPSHOTTER = "io.containerd.snapshotter.v1";

    private EngineInfo() {}

    /**
     * The command line prints an object even when no engine answered, with the reason on stderr or in
     * {@code ServerErrors}; its exit status differs by version. An engine that answered has a version.
     *
     * @param out its standard output
     * @param err its standard error
     */
    static Answer parse(String out, String err) {
        PlainJson info = PlainJson.parse(out);
        if (info.fields().isEmpty()) {
            return new Unreachable(firstOf(err, "docker info did not print JSON"));
        }
        String version = info.text("ServerVersion");
        if (version.isEmpty()) {
            List<?> errors = info.values("ServerErrors");
            String listed = errors.isEmpty() ? "" : errors.get(0).toString();
            return new Unreachable(firstOf(err, firstOf(listed, "it does not answer as a Docker Engine does")));
        }
        return new Info(
                version,
                info.text("OperatingSystem"),
                info.text("OSType"),
                info.text("Architecture"),
                usesContainerd(info.values("DriverStatus")),
                isRootless(info.values("SecurityOptions")),
                EngineProduct.from(info.text("OperatingSystem"), info.text("Name"), info.text("ProductLicense")));
    }

    private static String firstOf(String text, String otherwise) {
        return text.isBlank() ? otherwise : text.strip();
    }

    /** {@code [["driver-type", "io.containerd.snapshotter.v1"]]}; other stores list other pairs. */
    private static boolean usesContainerd(List<?> driverStatus) {
        return driverStatus.contains(List.of("driver-type", CONTAINERD_SNAPSHOTTER));
    }

    /** {@code ["name=seccomp,profile=builtin", "name=rootless"]}. */
    private static boolean isRootless(List<?> securityOptions) {
        for (Object option : securityOptions) {
            if (List.of(option.toString().split(",", -1)).contains("name=rootless")) {
                return true;
            }
        }
        return false;
    }
}
