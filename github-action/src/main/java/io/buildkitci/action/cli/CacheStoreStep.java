package io.buildkitci.action.cli;

import io.buildkitci.cacheservice.Upkeep;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.CacheServiceInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code cache stats}, {@code cache gc} and {@code cache verify}: on a service that runs, or on what it left. */
final class CacheStoreStep implements Step {
    private final Upkeep work;

    private CacheStoreStep(Upkeep work) {
        this.work = work;
    }

    static List<Step> all() {
        return Arrays.stream(Upkeep.values()).<Step>map(CacheStoreStep::new).toList();
    }

    @Override
    public InputTable table() {
        return CacheServiceInputs.ofStore("cache " + work.word());
    }

    @Override
    public String description() {
        return switch (work) {
            case STATS -> "Tells what a cache service keeps, by namespace and scope, and how it is used.";
            case GC -> "Removes what a cache service keeps without need: leftovers of uploads, contents of no entry.";
            case VERIFY -> "Reads everything that a cache service keeps, and removes what is damaged.";
        };
    }

    @Override
    public String example() {
        return "buildkit-ci cache " + work.word() + " --dir /var/lib/buildkit-ci-cache";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        return Checking.then(
                invocation,
                table().step(),
                CacheServiceInputs.checkStore(
                        table(), invocation.inputs(), invocation.host().outside()),
                directory -> run(Path.of(directory), invocation));
    }

    private int run(Path directory, Invocation invocation) throws InterruptedException {
        try {
            String result = work.on(directory, invocation.host().tools().clock());
            invocation.host().out().println(invocation.json() ? result : forPeople(PlainJson.parse(result)));
            return Blame.BUILT;
        } catch (IOException e) {
            invocation.host().err().println("cache " + work.word() + ": " + e.getMessage());
            return Blame.ENVIRONMENT.exitCode();
        }
    }

    private String forPeople(PlainJson result) {
        return switch (work) {
            case STATS -> CacheText.stats(result);
            case GC -> CacheText.removed(result);
            case VERIFY -> CacheText.damaged(result);
        };
    }
}
