package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Setting;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What buildx does by itself and buildctl does not, known before anything runs. */
final class BuildctlLimits {
    private final String buildx;
    private final List<Planned.Obstacle> obstacles = new ArrayList<>();

    private BuildctlLimits(HostWords words) {
        this.buildx = "use a builder of buildx, and " + words.input("client") + " buildx";
    }

    static List<Planned.Obstacle> obstacles(BuildRequest request, HostWords words) {
        BuildctlLimits limits = new BuildctlLimits(words);
        limits.source(request.source());
        limits.delivery(request.delivery());
        limits.annotations(request.naming().annotations());
        limits.sandbox(request.sandbox());
        return limits.obstacles;
    }

    private void source(BuildRequest.Source source) {
        if (source.file().filter(BuildctlLimits::isUrl).isPresent()) {
            refuse("file", "buildctl fetches no Dockerfile from a URL", "give a path, or " + buildx);
        }
        if (source.call()
                .filter(call -> call.equals("check") || call.equals("lint"))
                .isPresent()) {
            refuse("call", "buildctl does not say what a check found in a form that can be read", buildx);
        }
        for (Setting context : source.buildContexts()) {
            if (context.value().startsWith("oci-layout://") && context.value().indexOf('@') < 0) {
                refuse(
                        "build-contexts",
                        "buildctl takes an OCI layout by digest only: " + context.name(),
                        "write oci-layout://<directory>@sha256:…, or " + buildx);
            }
        }
    }

    private static boolean isUrl(String file) {
        return file.startsWith("https://") || file.startsWith("http://");
    }

    private void delivery(BuildRequest.Delivery delivery) {
        String toTheEngine = "buildctl puts no image into a Docker Engine";
        String remedy = "write it with type=docker,dest=<file> and run 'docker load --input <file>', or " + buildx;
        if (delivery.load()) {
            refuse("load", toTheEngine, remedy);
        }
        for (OutputSpec output : delivery.outputs()) {
            if (output.type().equals("docker")
                    && output.attributes().get("dest").isEmpty()) {
                refuse("outputs", toTheEngine, remedy);
            }
        }
    }

    /** buildctl writes the names of an output's attributes, and so of annotations, in lower case. */
    private void annotations(List<Setting> annotations) {
        for (Setting annotation : annotations) {
            String name = annotation.name();
            if (!name.equals(name.toLowerCase(Locale.ROOT))) {
                refuse(
                        "annotations",
                        "buildctl would write the name '" + name + "' in lower case",
                        "write it in lower case, or " + buildx);
            }
        }
    }

    private void sandbox(BuildRequest.Sandbox sandbox) {
        if (sandbox.allow().contains("buildx.local.delete")) {
            refuse("allow", "buildx.local.delete is buildx's own", "drop it, or " + buildx);
        }
    }

    private void refuse(String input, String reason, String remedy) {
        obstacles.add(new Planned.Obstacle(input, reason, remedy));
    }
}
