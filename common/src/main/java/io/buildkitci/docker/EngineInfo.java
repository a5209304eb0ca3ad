package io.buildkitci.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.docker.DockerEngine.Answer;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Unreachable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Reads what {@code docker info --format '{{json .}}'} prints. */
final class EngineInfo {
    private static final ObjectMapper JSON = new ObjectMapper();
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
        JsonNode info;
        try {
            info = Objects.requireNonNull(JSON.readTree(out));
        } catch (JsonProcessingException e) {
            return new Unreachable(firstOf(err, "docker info did not print JSON"));
        }
        String version = text(info, "ServerVersion");
        if (version.isEmpty()) {
            String listed = info.path("ServerErrors").path(0).asText("");
            return new Unreachable(firstOf(err, firstOf(listed, "it does not answer as a Docker Engine does")));
        }
        return new Info(
                version,
                text(info, "OperatingSystem"),
                text(info, "OSType"),
                text(info, "Architecture"),
                usesContainerd(info.path("DriverStatus")),
                isRootless(info.path("SecurityOptions")));
    }

    private static String text(JsonNode info, String field) {
        return info.path(field).asText("");
    }

    private static String firstOf(String text, String otherwise) {
        return text.isBlank() ? otherwise : text.strip();
    }

    /** {@code [["driver-type", "io.containerd.snapshotter.v1"]]}; other stores list other pairs. */
    private static boolean usesContainerd(JsonNode driverStatus) {
        return StreamSupport.stream(driverStatus.spliterator(), false)
                .anyMatch(pair -> pair.path(0).asText("").equals("driver-type")
                        && pair.path(1).asText("").equals(CONTAINERD_SNAPSHOTTER));
    }

    /** {@code ["name=seccomp,profile=builtin", "name=rootless"]}. */
    private static boolean isRootless(JsonNode securityOptions) {
        return StreamSupport.stream(securityOptions.spliterator(), false)
                .flatMap(option -> Arrays.stream(option.asText("").split(",")))
                .anyMatch("name=rootless"::equals);
    }
}
