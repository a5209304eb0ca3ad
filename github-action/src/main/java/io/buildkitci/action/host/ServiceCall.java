package io.buildkitci.action.host;

import io.buildkitci.local.Authorities;
import io.buildkitci.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request to a cache service. By the JDK's old client: its newer one takes a tenth of a second to start, which a short
 * build would wait for.
 */
final class ServiceCall {
    private static final int LIMIT_MILLIS = 3_000;
    private static final int LONGEST = 64 << 10;
    private static final int FIRST_FAILURE = 400;

    private ServiceCall() {}

    /** @param body cut off where it is too long to be an answer of the service */
    record Answer(int status, String body) {
        /** Without the body, which can hold tokens. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /** @param environment names authorities to trust */
    static Answer post(String address, Secret bearer, Map<String, String> environment) throws IOException {
        if (!(URI.create(address).toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("no HTTP");
        }
        Authorities.trustedBy(connection, environment);
        try {
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Authorization", "Bearer " + bearer.reveal());
            int status = connection.getResponseCode();
            InputStream body = status < FIRST_FAILURE ? connection.getInputStream() : connection.getErrorStream();
            String text = body == null ? "" : new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return new Answer(status, text);
        } finally {
            connection.disconnect();
        }
    }
}
