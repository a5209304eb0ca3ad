package io.buildkitci.cacheservice.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.function.Supplier;

/** Gives each request to the handler of its path; a prefix that a proxy added is passed over. */
final class Router {
    private final TwirpHandler twirp;
    private final ArtifactCacheHandler artifactCache;
    private final BlobHandler blobs;
    private final Passing passing;
    private final Housekeeping housekeeping;

    Router(Service service, Supplier<String> ids, Housekeeping housekeeping) {
        this.twirp = new TwirpHandler(service);
        this.artifactCache = new ArtifactCacheHandler(service);
        this.blobs = new BlobHandler(service, ids);
        this.passing = new Passing(service);
        this.housekeeping = housekeeping;
    }

    Reception receive(Request request) {
        String path = request.path();
        return switch (Route.of(path)) {
            case TWIRP -> twirp.receive(request);
            case ARTIFACT_CACHE -> artifactCache.receive(request);
            case BLOB -> blobs.receive(request);
            case HEALTH -> housekeeping.health();
            case METRICS -> housekeeping.metrics(request);
            case REVOKE ->
                request.method().equals(HttpMethod.POST)
                        ? Reception.of(housekeeping.revoke(request))
                        : Reception.of(Replies.wrongMethod());
            case PASS ->
                request.method().equals(HttpMethod.POST)
                        ? Reception.of(passing.pass(request))
                        : Reception.of(Replies.wrongMethod());
            case SIGN -> Reception.of(passing.sign(request));
            case ADMIN -> housekeeping.admin(request);
            case NONE -> Reception.of(Replies.notFound("there is nothing here"));
        };
    }
}
