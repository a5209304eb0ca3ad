package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of a build's JSON report. */
final class Reported {
    private Reported() {}

    /** Platform to digest, in the report's order. */
    static Map<String, String> digests(JsonNode report) {
        Map<String, String> digests = new LinkedHashMap<>();
        report.path("platforms")
                .forEach(p -> digests.put(
                        p.path("platform").asText(), p.path("digest").asText()));
        return digests;
    }

    /** Total, cached and run. */
    static List<Integer> steps(JsonNode report) {
        JsonNode steps = report.path("steps");
        return List.of(
                steps.path("total").asInt(-1),
                steps.path("cached").asInt(-1),
                steps.path("run").asInt(-1));
    }

    static int run(JsonNode report) {
        return report.at("/steps/run").asInt(-1);
    }

    static String failure(Said said) {
        return said.json().at("/failure/code").asText();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
