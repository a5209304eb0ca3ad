package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.http.StatsJson;
import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.json.JsonText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What can be asked of what a service keeps: of the service while it runs, of its directory otherwise. */
public enum Upkeep {
    STATS,
    GC,
    VERIFY;

    /** In the directory of a service that runs: where its own machine reaches it, and what to bear. */
    static final String RUNNING = "running";

    private static final int HTTP_OK = 200;

    /** As people and the service call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @return JSON
     * @throws IOException whose message says what to mend
     */
    public String on(Path directory, InstantSource clock) throws IOException, InterruptedException {
        Path running = directory.resolve(RUNNING);
        return Files.exists(running) ? ask(Files.readAllLines(running)) : ofNobody(directory, clock);
    }

    /**
     * What a service writes while it runs.
     *
     * @param certificate the fingerprint of the one that it shows; empty without TLS
     */
    static String note(String base, String adminToken, String certificate) {
        return base + "\n" + adminToken + "\n" + certificate + "\n";
    }

    private String ask(List<String> running) throws IOException, InterruptedException {
        String base = running.get(0);
        String certificate = running.size() > 2 ? running.get(2) : "";
        HttpClient.Builder client = HttpClient.newBuilder();
        if (!certificate.isEmpty()) {
            client.sslContext(Pinned.context(certificate));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/admin/" + word()))
                .header("Authorization", "Bearer " + running.get(1))
                .build();
        try {
            HttpResponse<String> answer = client.build().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == HTTP_OK) {
                return answer.body();
            }
            throw new IOException("the service at " + base + " answered " + answer.statusCode() + " " + answer.body());
        } catch (ConnectException e) {
            throw new IOException(
                    "the service at " + base + " does not answer; if it was killed, start it again or remove the file '"
                            + RUNNING + "' in its directory",
                    e);
        }
    }

    private String ofNobody(Path directory, InstantSource clock) throws IOException {
        Supplier<String> ids = () -> {
            throw new IllegalStateException("nothing is uploaded");
        };
        Limits limits = Limits.of(Long.MAX_VALUE, Long.MAX_VALUE);
        try (CacheStore store = CacheStore.open(directory, limits, clock, ids, Runnable::run)) {
            return switch (this) {
                case STATS -> StatsJson.render(store.stats());
                case GC -> JsonText.line(Map.of("removed", store.leftovers()));
                case VERIFY -> JsonText.line(Map.of("damaged", store.verify()));
            };
        }
    }
}
