package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** How a process ended and what it said. */
record Said(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Its standard output, which is to be one JSON value. */
    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON on standard output but: " + this, e);
        }
    }

    /** The report of a build that has to have succeeded. */
    JsonNode built() {
        if (exit != 0) {
            throw new AssertionError("not built: " + this);
        }
        return json();
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
