package io.buildkitci.builder;

import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What removes a builder whose job was cut off.
 *
 * @param process that the job runs below
 * @param keepState whether what it has built is kept
 * @param files to remove with it
 */
public record BuilderJob(JobProcess process, boolean keepState, List<String> files) {
    public BuilderJob {
        files = List.copyOf(files);
    }

    /** The job that this process is a part of; empty where its runner is not to be seen from here. */
    public static Optional<BuilderJob> here(HostFiles files, boolean keepState, List<String> withIt) {
        return JobProcess.above(files).map(process -> new BuilderJob(process, keepState, withIt));
    }

    /** Whether this process is a part of it. */
    public boolean isHere(HostFiles files) {
        return JobProcess.above(files).equals(Optional.of(process));
    }

    /** Whether it is certainly over; where that cannot be told it is not. */
    public boolean isOver(HostFiles files) {
        return process.isOver(files);
    }

    /** Removes the files that go with a builder, when that is removed. */
    public Removal removed(String name, Removal removal, HostFiles machine) {
        List<String> left = new ArrayList<>();
        for (String file : removal instanceof Removal.Failed ? List.<String>of() : files) {
            try {
                machine.remove(Path.of(file));
            } catch (IOException e) {
                left.add(file);
            }
        }
        return left.isEmpty()
                ? removal
                : new Removal.Failed(
                        BuilderFailure.of(BuilderFailure.Reason.NOT_REMOVED, "files of builder " + name + " are left"),
                        left);
    }

    /** As JSON has it. */
    public Map<String, Object> fields() {
        return Map.of("process", process.fields(), "keepState", keepState, "files", files);
    }

    /** From JSON; empty where there is none. */
    public static Optional<BuilderJob> parse(PlainJson json) {
        return JobProcess.parse(json.object("process"))
                .map(process -> new BuilderJob(
                        process,
                        json.isTrue("keepState"),
                        json.values("files").stream().map(String::valueOf).toList()));
    }
}
