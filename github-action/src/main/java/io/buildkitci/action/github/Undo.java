package io.buildkitci.action.github;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a post step takes back; kept in {@code GITHUB_STATE} as {@code undo} before it is made, so that it is taken back
 * after a main step that was killed too.
 *
 * @param builder the builder to remove
 * @param keepState whether its cache stays
 * @param previous the builder that is to be the current one again; empty means the engine's own
 * @param files files and directories to remove
 */
record Undo(Optional<String> builder, boolean keepState, Optional<String> previous, List<String> files) {
    /** Its name in the state. */
    static final String STATE = "undo";

    /** Nothing is made yet, but a main step that is killed now leaves private files for its post step to remove. */
    static final String UNFINISHED = "{}";

    Undo {
        files = List.copyOf(files);
    }

    /** The same where the builder turns out to be somebody else's, or is gone already. */
    Undo withoutBuilder() {
        return new Undo(Optional.empty(), false, Optional.empty(), files);
    }

    /** @param state empty for nothing */
    static Undo parse(String state) {
        PlainJson json = PlainJson.parse(state);
        List<String> files = new ArrayList<>();
        if (json.fields().get("files") instanceof List<?> list) {
            list.forEach(file -> files.add(String.valueOf(file)));
        }
        return new Undo(given(json.text("builder")), json.isTrue("keepState"), given(json.text("previous")), files);
    }

    /** Empty for nothing, so that the launcher need not start a JVM. */
    String render() {
        if (builder.isEmpty() && files.isEmpty()) {
            return "";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PlainJson.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("builder", builder.orElse(""));
            json.writeBooleanField("keepState", keepState);
            json.writeStringField("previous", previous.orElse(""));
            json.writeFieldName("files");
            json.writeArray(files.toArray(String[]::new), 0, files.size());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a StringWriter
        }
        return text.toString();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
