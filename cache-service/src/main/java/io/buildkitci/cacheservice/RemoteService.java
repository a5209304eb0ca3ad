package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.http.StatsJson;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A service that runs elsewhere, for whoever has its secret, or a token of it. */
public final class RemoteService {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_FAILURE = 300;

    private final URI base;
    private final String adminToken;
    private final BuildPasses passes;

    /**
     * @param base with a slash at its end
     * @param random so many bytes that nobody can know beforehand
     */
    public RemoteService(URI base, byte[] secret, IntFunction<byte[]> random) {
        this.base = base;
        this.adminToken = CacheService.adminToken(secret, InstantSource.system());
        this.passes = Minting.passes(secret, InstantSource.system(), random);
    }

    /**
     * Two tokens for a build; the service is not asked.
     *
     * @param addresses where it may be reached, see {@link CachePass}
     */
    public CachePass open(Grant grant, List<String> addresses) {
        return passes.open(grant, addresses);
    }

    /**
     * Two tokens for a build, for one that lasts.
     *
     * @param addresses where the service may be reached, see {@link CachePass}
     * @throws IOException whose message says what to mend
     */
    public static CachePass exchange(URI base, Secret token, List<String> addresses)
            throws IOException, InterruptedException {
        PlainJson json = PlainJson.parse(post(base, "pass", token.reveal()));
        List<String> scopes = new ArrayList<>();
        json.values("scopes").forEach(scope -> scopes.add(scope.toString()));
        PlainJson sign = json.object("sign");
        if (json.text("read").isEmpty() || scopes.isEmpty() || sign.text("key").isEmpty()) {
            throw new IOException("what answers at " + base + " is no cache service");
        }
        return new CachePass(
                addresses,
                new Secret(json.text("read")),
                Optional.of(json.text("write"))
                        .filter(write -> !write.isEmpty())
                        .map(Secret::new),
                scopes,
                new CachePass.Sign(sign.text("path"), new Secret(sign.text("key"))));
    }

    /** Ends the tokens of a build. */
    public static void end(URI base, CachePass pass) throws IOException, InterruptedException {
        post(base, "revoke", pass.read().reveal());
    }

    /** @throws IOException whose message says what to mend */
    public Stats stats() throws IOException, InterruptedException {
        return StatsJson.parse(
                send(base, HttpRequest.newBuilder(base.resolve("admin/" + Upkeep.STATS.word())), adminToken));
    }

    public void drop(String namespace) throws IOException, InterruptedException {
        post(base, "admin/drop?namespace=" + encoded(namespace), adminToken);
    }

    public void drop(String namespace, String scope) throws IOException, InterruptedException {
        post(base, "admin/drop?namespace=" + encoded(namespace) + "&scope=" + encoded(scope), adminToken);
    }

    public void rename(String from, String to) throws IOException, InterruptedException {
        post(base, "admin/rename?from=" + encoded(from) + "&to=" + encoded(to), adminToken);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String post(URI base, String path, String bearer) throws IOException, InterruptedException {
        return send(base, HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()), bearer);
    }

    private static String send(URI base, HttpRequest.Builder request, String bearer)
            throws IOException, InterruptedException {
        HttpRequest ready = request.header("Authorization", "Bearer " + bearer)
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(ready, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("the service at " + base + " does not answer (" + why + ")", e);
        }
        if (answer.statusCode() == UNAUTHORIZED) {
            String said = PlainJson.parse(answer.body()).text("message");
            throw new IOException("the service at " + base + " does not take the secret or token: " + said);
        }
        if (answer.statusCode() >= FIRST_FAILURE) {
            throw new IOException("the service at " + base + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Names no token. */
    @Override
    public String toString() {
        return base.toString();
    }
}
