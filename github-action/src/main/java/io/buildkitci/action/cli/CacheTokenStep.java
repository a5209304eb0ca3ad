package io.buildkitci.action.cli;

import io.buildkitci.cacheservice.Minting;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.CacheServiceInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.model.CacheTokenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** {@code cache token}: makes a token of a cache service, which need not run for it. */
final class CacheTokenStep implements Step {
    private final IntFunction<byte[]> random;

    /** @param random so many bytes that nobody can know beforehand */
    CacheTokenStep(IntFunction<byte[]> random) {
        this.random = random;
    }

    @Override
    public InputTable table() {
        return CacheServiceInputs.TOKEN;
    }

    @Override
    public String description() {
        return "Prints a token of a cache service for one scope: to read, or with --write to write it too.";
    }

    @Override
    public String example() {
        return "buildkit-ci cache token --dir /var/lib/buildkit-ci-cache --scope refs/heads/main --write";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        return Checking.then(
                invocation,
                table().step(),
                CacheServiceInputs.checkToken(
                        invocation.inputs(), invocation.host().outside()),
                request -> print(request, invocation));
    }

    private int print(CacheTokenRequest request, Invocation invocation) {
        try {
            Minting minting = Minting.open(
                    request.directory().map(Path::of),
                    request.secretFile().map(Path::of),
                    invocation.host().tools().clock(),
                    random);
            invocation.host().out().println(minting.mint(grant(request), request.life()));
            return Blame.BUILT;
        } catch (IOException e) {
            invocation.host().err().println("cache token: " + e.getMessage());
            return Blame.ENVIRONMENT.exitCode();
        }
    }

    private static Grant grant(CacheTokenRequest request) {
        List<String> readable = Stream.concat(Stream.of(request.scope()), request.readable().stream())
                .distinct()
                .toList();
        return new Grant(
                request.namespace(), readable, Optional.of(request.scope()).filter(scope -> request.write()));
    }
}
