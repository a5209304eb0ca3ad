package io.buildkitci.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sets booleans of one object in a JSON text and leaves every other character of it as it is. */
public final class FlagEdit {
    private static final Pattern INDENT = Pattern.compile("\\s*?\\R([ \\t]+)\\S");
    private static final String USUAL_INDENT = "  ";

    private final String text;
    private final String object;
    private final Map<String, Boolean> missing;
    private final List<Piece> pieces = new ArrayList<>();
    private Optional<Begin> root = Optional.empty();
    private Optional<Begin> inside = Optional.empty();

    private FlagEdit(String text, String object, Map<String, Boolean> flags) {
        this.text = text;
        this.object = object;
        this.missing = new LinkedHashMap<>(flags);
    }

    /** What came of it. */
    public sealed interface Result {}

    /** @param text the same where there was nothing to change */
    public record Edited(String text) implements Result {}

    /**
     * It is no text that could be changed.
     *
     * @param line from 1
     * @param column from 1
     */
    public record Refused(int line, int column, String reason) implements Result {}

    private record Piece(int from, int to, String text) {}

    /** Where an object begins, after its brace, and whether there is something in it. */
    private record Begin(int at, boolean empty) {}

    /** The place and the reason travel together. */
    private static final class NotSo extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Refused refused;

        NotSo(JsonLocation at, String reason) {
            super(reason, null, false, false);
            this.refused = new Refused(at.getLineNr(), at.getColumnNr(), reason);
        }
    }

    /**
     * @param text a JSON object, or nothing but white space
     * @param object the field of the outermost object that holds the flags; made when it is not there
     */
    public static Result set(String text, String object, Map<String, Boolean> flags) {
        FlagEdit edit = new FlagEdit(text, object, flags);
        try (JsonParser parser = PlainJson.FACTORY.createParser(text)) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            edit.read(parser);
            return new Edited(edit.applied());
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("no JSON");
            return new Refused(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), reason);
        } catch (NotSo e) {
            return e.refused;
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot be read", e);
        }
    }

    private void read(JsonParser parser) throws IOException, NotSo {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new NotSo(parser.currentTokenLocation(), "it is not an object, '{ … }'");
        }
        int begin = offset(parser.currentLocation());
        boolean empty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            boolean wanted = parser.currentName().equals(object);
            parser.nextToken();
            if (wanted) {
                flags(parser);
            } else {
                parser.skipChildren();
            }
        }
        root = Optional.of(new Begin(begin, empty));
        if (parser.nextToken() != null) {
            throw new NotSo(parser.currentTokenLocation(), "something follows the object");
        }
    }

    private void flags(JsonParser parser) throws IOException, NotSo {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new NotSo(parser.currentTokenLocation(), "'" + object + "' is not an object, '{ … }'");
        }
        int begin = offset(parser.currentLocation());
        boolean empty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            Optional<Boolean> wanted = Optional.ofNullable(missing.remove(name));
            int from = offset(parser.currentTokenLocation());
            if (value.isStructStart()) {
                parser.skipChildren();
            } else {
                parser.getText(); // to its end: a text is read no further than it is asked for
            }
            JsonToken asked = wanted.orElse(false) ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
            if (wanted.isPresent() && value != asked) {
                pieces.add(new Piece(
                        from, offset(parser.currentLocation()), wanted.get().toString()));
            }
        }
        inside = Optional.of(new Begin(begin, empty));
    }

    private static int offset(JsonLocation location) {
        return Math.toIntExact(location.getCharOffset());
    }

    private String applied() {
        if (root.isEmpty()) {
            return "{\n" + USUAL_INDENT + member("\n" + USUAL_INDENT + USUAL_INDENT, "\n" + USUAL_INDENT) + "\n}\n";
        }
        if (!missing.isEmpty()) {
            add(root.get());
        }
        StringBuilder edited = new StringBuilder(text);
        pieces.sort((one, other) -> Integer.compare(other.from(), one.from()));
        pieces.forEach(piece -> edited.replace(piece.from(), piece.to(), piece.text()));
        return edited.toString();
    }

    /** Laid out as the text is: in lines of their own where its first field is on one. */
    private void add(Begin outer) {
        Optional<String> indent = indent(outer);
        if (inside.isPresent()) {
            String before = indent(inside.get()).map(i -> "\n" + i).orElse("");
            insert(inside.get(), before, fields(before.isEmpty() ? " " : before));
        } else if (indent.isPresent()) {
            String i = indent.get();
            insert(outer, "\n" + i, member("\n" + i + i, "\n" + i));
        } else {
            insert(outer, "", member("", ""));
        }
    }

    private Optional<String> indent(Begin begin) {
        Matcher matcher = INDENT.matcher(text);
        return matcher.region(begin.at(), text.length()).lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private void insert(Begin into, String before, String what) {
        String after = into.empty() ? "" : before.isEmpty() ? ", " : ",";
        pieces.add(new Piece(into.at(), into.at(), before + what + after));
    }

    private String member(String before, String end) {
        return "\"" + object + "\": {" + before + fields(before.isEmpty() ? " " : before) + end + "}";
    }

    private String fields(String separator) {
        return missing.entrySet().stream()
                .map(flag -> "\"" + flag.getKey() + "\": " + flag.getValue())
                .collect(Collectors.joining("," + separator));
    }
}
