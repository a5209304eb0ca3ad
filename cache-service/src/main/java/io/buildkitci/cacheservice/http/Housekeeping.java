package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.Tokens;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** All that is not a cache: health, metrics, the end of tokens, and what the owner of the service asks for. */
final class Housekeeping {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Service service;
    private final Metrics metrics;
    private final String adminToken;

    /** @param adminToken what the owner's requests bear */
    Housekeeping(Service service, Metrics metrics, String adminToken) {
        this.service = service;
        this.metrics = metrics;
        this.adminToken = adminToken;
    }

    Reception health() {
        return Reception.of(new Reply.Text(HttpResponseStatus.OK, "text/plain", "ok\n", Map.of()));
    }

    Reception metrics(Request request) {
        return Reception.of(
                request.loopback() || isAdmin(request)
                        ? new Reply.Text(
                                HttpResponseStatus.OK,
                                TEXT,
                                metrics.render(service.store().totals()),
                                Map.of())
                        : Replies.unauthenticated(
                                "metrics are for this machine, or for a bearer of the service's own token"));
    }

    /** Whoever has a token can end it. */
    Reply revoke(Request request) {
        Tokens.Checked checked = service.check(request);
        if (checked instanceof Tokens.Good good) {
            service.tokens().revoke(good);
            return Reply.empty(HttpResponseStatus.NO_CONTENT);
        }
        return Replies.unauthenticated(((Tokens.Bad) checked).reason());
    }

    Reception admin(Request request) {
        if (!isAdmin(request)) {
            return Reception.of(Replies.unauthenticated("this is for the owner of the service"));
        }
        return Reception.ofText(0, body -> admin(request, request.path().substring(Route.ADMIN_PATH.length())));
    }

    private Reply admin(Request request, String call) {
        CacheStore store = service.store();
        boolean post = request.method().equals(HttpMethod.POST);
        try {
            return switch (call) {
                case "stats" -> json(store.stats());
                case "gc" -> Reply.json(HttpResponseStatus.OK, Map.of("removed", store.collect()));
                case "verify" -> Reply.json(HttpResponseStatus.OK, Map.of("damaged", store.verify()));
                case "drop" -> post ? drop(request, store) : Replies.wrongMethod();
                case "rename" -> post ? rename(request, store) : Replies.wrongMethod();
                default -> Replies.notFound("there is no such call");
            };
        } catch (IOException e) {
            return Replies.refused("the storage failed: " + e.getMessage());
        }
    }

    /** A namespace, or one scope of it. */
    private static Reply drop(Request request, CacheStore store) {
        Optional<String> namespace = request.parameter("namespace").filter(Grant::isName);
        Optional<String> scope = request.parameter("scope");
        if (namespace.isEmpty() || !scope.map(Grant::isName).orElse(true)) {
            return Replies.malformed("'namespace' says what to drop, and 'scope' what of it if not all");
        }
        scope.ifPresentOrElse(s -> store.dropScope(namespace.get(), s), () -> store.dropNamespace(namespace.get()));
        return Reply.empty(HttpResponseStatus.NO_CONTENT);
    }

    private static Reply rename(Request request, CacheStore store) {
        Optional<String> from = request.parameter("from").filter(Grant::isName);
        Optional<String> to = request.parameter("to").filter(Grant::isName);
        if (from.isEmpty() || to.isEmpty()) {
            return Replies.malformed("'from' and 'to' are the old and the new name of a namespace");
        }
        store.renameNamespace(from.get(), to.get());
        return Reply.empty(HttpResponseStatus.NO_CONTENT);
    }

    private static Reply json(Stats stats) {
        return new Reply.Text(HttpResponseStatus.OK, "application/json", StatsJson.render(stats), Map.of());
    }

    private boolean isAdmin(Request request) {
        byte[] given = request.bearer().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(adminToken.getBytes(StandardCharsets.UTF_8), given);
    }
}
