package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request asks of a cluster, as a rule of a Role names it: a verb on a resource of a group. */
record ClusterAsk(String verb, String group, String resource) {
    private static final Pattern PATH = Pattern.compile(
            "/(?:api|apis/(?<group>[^/]+))/v1/namespaces/(?<namespace>[^/]+)/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<sub>[^/]+))?)?");
    private static final Map<String, String> VERBS =
            Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

    /** Where in a cluster a request goes. */
    record Place(String namespace, ClusterAsk ask, String name) {}

    static Optional<Place> of(String method, String path) {
        Matcher at = PATH.matcher(path);
        if (!at.matches()) {
            return Optional.empty();
        }
        String name = at.group("name") == null ? "" : at.group("name");
        String sub = at.group("sub") == null ? "" : "/" + at.group("sub");
        String verb = method.equals("GET") ? name.isEmpty() ? "list" : "get" : VERBS.getOrDefault(method, method);
        String group = at.group("group") == null ? "" : at.group("group");
        return Optional.of(
                new Place(at.group("namespace"), new ClusterAsk(verb, group, at.group("resource") + sub), name));
    }

    /** All that the rules of a Role allow. */
    static List<ClusterAsk> allowed(JsonNode role) {
        List<ClusterAsk> allowed = new ArrayList<>();
        for (JsonNode rule : role.path("rules")) {
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    for (JsonNode verb : rule.path("verbs")) {
                        allowed.add(new ClusterAsk(verb.asText(), group.asText(), resource.asText()));
                    }
                }
            }
        }
        return allowed;
    }
}
