package io.buildkitci.plan;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest.Delivery;
import io.buildkitci.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where outputs go that are files. The client writes right into a file that is there, so one that is killed would leave
 * neither the old nor the new one: it writes beside it, and what is whole is put in its place afterwards. See ADR 20.
 *
 * @param outputs the entries as the client gets them
 * @param staged what is put in place after success
 */
record StagedOutputs(List<OutputSpec> outputs, List<BuildPlan.Staged> staged) {
    private static final Set<String> ARCHIVES = Set.of("oci", "docker", "tar");
    private static final Set<String> FILES = Set.of("local", "tar", "cacheonly");

    static StagedOutputs of(Delivery delivery, RunPlace place) {
        return of(delivery, "", place);
    }

    /** @param label in the names of what is written: of several that write to the same place */
    static StagedOutputs of(Delivery delivery, String label, RunPlace place) {
        List<OutputSpec> all = new ArrayList<>();
        List<BuildPlan.Staged> staged = new ArrayList<>();
        List<OutputSpec> misnamed = misnamed(delivery);
        for (OutputSpec output : delivery.outputs()) {
            Optional<String> fresh = misnamed.contains(output) ? Optional.empty() : fresh(output, label, place);
            if (fresh.isEmpty()) {
                all.add(output);
                continue;
            }
            Attributes attributes = output.attributes();
            all.add(new OutputSpec(output.type(), attributes.with("dest", fresh.get())));
            staged.add(new BuildPlan.Staged(fresh.get(), attributes.get("dest").orElseThrow(), isLayout(output)));
        }
        return new StagedOutputs(all, staged);
    }

    /**
     * OCI layouts in whose index BuildKit's client (of buildx 0.29 to 0.36) names the image as another output has made it,
     * mostly with another digest. What they should name cannot be told from outside, so they are left to the client.
     */
    static List<OutputSpec> misnamed(Delivery delivery) {
        boolean several = delivery.push()
                || delivery.load()
                || delivery.outputs().stream()
                                .filter(output -> !FILES.contains(output.type()))
                                .count()
                        > 1;
        return delivery.outputs().stream()
                .filter(output -> several && isLayout(output))
                .toList();
    }

    /**
     * Left alone is what is no file of its own: a directory whose other files are to go is compared with, one that is to be
     * like Docker's archives is no layout, and a device or an open file cannot be replaced.
     */
    private static Optional<String> fresh(OutputSpec output, String label, RunPlace place) {
        String target = output.attributes().get("dest").orElse("");
        boolean exact = output.attributes().get("mode").equals(Optional.of("delete"));
        if (target.isBlank() || exact || target.startsWith("/dev/") || target.startsWith("/proc/")) {
            return Optional.empty();
        }
        if (output.type().equals("local") || isLayout(output)) {
            return Optional.of(LocalCaches.in(target, label, place.id()));
        }
        return isArchive(output)
                ? Optional.of(LocalCaches.beside(target.replaceAll("(?<=.)/+$", "") + label, place.id()))
                : Optional.empty();
    }

    private static boolean isLayout(OutputSpec output) {
        return output.type().equals("oci") && isDirectory(output);
    }

    private static boolean isArchive(OutputSpec output) {
        return ARCHIVES.contains(output.type()) && !isDirectory(output);
    }

    private static boolean isDirectory(OutputSpec output) {
        return output.attributes().get("tar").equals(Optional.of("false"));
    }
}
