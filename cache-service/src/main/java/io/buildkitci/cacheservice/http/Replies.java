package io.buildkitci.cacheservice.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;

/** Replies that several handlers give. */
final class Replies {
    private Replies() {}

    static Reply malformed(String message) {
        return Reply.failure(HttpResponseStatus.BAD_REQUEST, "invalid_argument", message);
    }

    static Reply unauthenticated(String message) {
        return Reply.failure(HttpResponseStatus.UNAUTHORIZED, "unauthenticated", message);
    }

    static Reply denied(String message) {
        return Reply.failure(HttpResponseStatus.FORBIDDEN, "permission_denied", message);
    }

    static Reply notFound(String message) {
        return Reply.failure(HttpResponseStatus.NOT_FOUND, "not_found", message);
    }

    static Reply wrongMethod() {
        return Reply.failure(HttpResponseStatus.METHOD_NOT_ALLOWED, "bad_route", "another method is expected here");
    }

    static Reply exists() {
        return Reply.failure(HttpResponseStatus.CONFLICT, "already_exists", "cache entry already exists");
    }

    /** Not retried by the client, as a failure of the server's own would be. */
    static Reply refused(String reason) {
        return Reply.failure(HttpResponseStatus.PRECONDITION_FAILED, "failed_precondition", reason);
    }

    static Reply tooLarge(int longest) {
        return Reply.failure(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "invalid_argument",
                "the body has more than " + longest + " bytes");
    }

    static void discard(Reply reply) {
        if (reply instanceof Reply.Stretch stretch) {
            try {
                stretch.content().close();
            } catch (IOException e) {
                // it was open for reading
            }
        }
    }
}
