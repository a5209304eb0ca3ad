package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.Revocations;
import io.buildkitci.cacheservice.trust.SignedPaths;
import io.buildkitci.cacheservice.trust.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntFunction;

/** Makes tokens of a service with nothing but its secret. */
public final class Minting {
    private static final int ID_BYTES = 16;

    /** Whoever only makes tokens is asked about none. */
    private static final Revocations NONE = new Revocations() {
        @Override
        public boolean isRevoked(String id) {
            return false;
        }

        @Override
        public void revoke(String id, Instant expires) {
            throw new IllegalStateException("only the service ends tokens");
        }
    };

    private final Tokens tokens;
    private final IntFunction<byte[]> random;

    private Minting(byte[] secret, InstantSource clock, IntFunction<byte[]> random) {
        this.tokens = new Tokens(secret, clock, NONE);
        this.random = random;
    }

    /**
     * @param directory of the service; its secret is made if there is none yet
     * @param secretFile counts before the directory's
     * @param random so many bytes that nobody can know beforehand
     */
    public static Minting open(
            Optional<Path> directory, Optional<Path> secretFile, InstantSource clock, IntFunction<byte[]> random)
            throws IOException {
        byte[] secret = secretFile.isPresent()
                ? Secret.read(secretFile.get())
                : Secret.of(Files.createDirectories(directory.orElseThrow()), random);
        return new Minting(secret, clock, random);
    }

    /** Makes what builds have of a service whose secret is known. */
    static BuildPasses passes(byte[] secret, InstantSource clock, IntFunction<byte[]> random) {
        return new BuildPasses(
                new Tokens(secret, clock, NONE),
                new SignedPaths(secret, clock, Duration.ZERO),
                clock,
                () -> HexFormat.of().formatHex(random.apply(ID_BYTES)));
    }

    public String mint(Grant grant, Duration life) {
        return tokens.mint(HexFormat.of().formatHex(random.apply(ID_BYTES)), grant, life);
    }
}
