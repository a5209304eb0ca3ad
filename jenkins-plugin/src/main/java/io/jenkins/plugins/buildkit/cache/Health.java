package io.jenkins.plugins.buildkit.cache;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a service answers at an address, asked from the controller. */
final class Health {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private Health() {}

    /** What came of it. */
    sealed interface Answer {}

    /** A cache service is there. */
    record Well() implements Answer {}

    /** It is not, or something else is. */
    record Ill(String reason) implements Answer {}

    static Answer of(URI service) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("healthz"))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            boolean ours = answer.statusCode() == OK && answer.body().strip().equals("ok");
            return ours
                    ? new Well()
                    : new Ill("what answers there is no cache service; it said " + answer.statusCode());
        } catch (IOException e) {
            return new Ill(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
