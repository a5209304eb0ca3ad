package io.buildkitci.action.job;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens of the cache service, in tests. */
final class Tokens {
    static final String READ_WRITE = scopes(
            "[{\"Scope\":\"refs/heads/topic\",\"Permission\":3},{\"Scope\":\"refs/heads/main\",\"Permission\":1}]");
    static final String READ_ONLY = scopes("[{\"Scope\":\"refs/heads/main\",\"Permission\":1}]");

    /** As Gitea, Forgejo and act sign them: {@code services/actions/auth.go}, {@code pkg/common/auth.go}. */
    static final String GITEA = scopes("[{\"Scope\":\"\",\"Permission\":2}]");

    private Tokens() {}

    /** @param json what the claim {@code ac} says */
    static String scopes(String json) {
        return payload("{\"nameid\":\"d\",\"ac\":\"" + json.replace("\"", "\\\"") + "\",\"exp\":1}");
    }

    static String payload(String json) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }
}
