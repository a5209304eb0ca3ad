package io.buildkitci.action.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Results as JSON for programs, laid out for people. */
final class Json {
    private Json() {}

    /** @param value of maps, lists, texts, numbers and booleans */
    static String pretty(Object value) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not made of maps, lists and texts", e);
        }
    }
}
