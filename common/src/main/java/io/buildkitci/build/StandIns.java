package io.buildkitci.build;

import io.buildkitci.input.Problem;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.ServiceCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Texts in place of the tokens that a build has for its cache service. These are variables of the client, which lets a
 * definition read its variables: the definition is read with stand-ins first, and what it makes of them is looked for.
 */
record StandIns(Map<String, String> variables) {
    StandIns {
        variables = Map.copyOf(variables);
    }

    /** None for a bake that gets no token. */
    static StandIns of(BakeRequest request) {
        Map<String, String> variables = new TreeMap<>();
        boolean tokens = request.cache()
                .filter(cache -> cache.shorthand().kind().needsPass())
                .isPresent();
        if (tokens) {
            ServiceCache.HOLDING_TOKENS.forEach(name -> variables.put(name, "stand-in-" + UUID.randomUUID()));
        }
        return new StandIns(variables);
    }

    /** One for each variable that the definition uses: what it says, or a step's secret. */
    List<Problem> usedIn(String printed) {
        List<Problem> problems = new ArrayList<>();
        variables.forEach((name, standIn) -> {
            if (printed.contains(standIn) || isSecretIn(printed, name)) {
                problems.add(new Problem(
                        "files",
                        "",
                        "the definition uses the variable " + name
                                + ", in which this build has a token of its cache, and"
                                + " would keep that where others see it\n-> give the variable another name"));
            }
        });
        return problems;
    }

    private static boolean isSecretIn(String printed, String variable) {
        PlainJson targets = PlainJson.parse(printed).object("target");
        return targets.fields().keySet().stream()
                .flatMap(target -> targets.object(String.valueOf(target)).values("secret").stream())
                .anyMatch(secret -> String.valueOf(secret).matches("(?s).*\\b" + variable + "\\b.*"));
    }
}
