package io.buildkitci.cacheservice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;

/** A service that runs elsewhere, for whoever has its secret. */
public final class RemoteService {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final URI base;
    private final String adminToken;

    /** @param base with a slash at its end */
    public RemoteService(URI base, byte[] secret) {
        this.base = base;
        this.adminToken = CacheService.adminToken(secret, InstantSource.system());
    }

    /**
     * What it keeps, as JSON.
     *
     * @throws IOException whose message says what to mend
     */
    public String stats() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve("admin/" + Upkeep.STATS.word())));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest ready = request.header("Authorization", "Bearer " + adminToken)
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = client().send(ready, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == UNAUTHORIZED) {
            throw new IOException("the service at " + base + " has another secret");
        }
        if (answer.statusCode() / 100 != OK / 100) {
            throw new IOException("the service at " + base + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    /** Names no token. */
    @Override
    public String toString() {
        return base.toString();
    }
}
