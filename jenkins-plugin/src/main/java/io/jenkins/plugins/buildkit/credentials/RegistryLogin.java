package io.jenkins.plugins.buildkit.credentials;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.buildkitci.json.PlainJson;
import io.jenkins.plugins.buildkit.agent.TextChange;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A login at one registry, as it is added to the {@code config.json} of Docker's clients. What else is in there stays as
 * it is, other logins and the stores of logins too; for this registry no such store is asked.
 *
 * @param server as Docker's clients call the registry
 * @param auth user and password in Docker's encoding
 */
record RegistryLogin(String server, String auth) implements TextChange {
    private static final String HUB = "https://index.docker.io/v1/";
    private static final Set<String> NAMES_OF_HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    static RegistryLogin of(String server, String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RegistryLogin(server, Base64.getEncoder().encodeToString(both));
    }

    /** @param registry its address or its host, with a port if it needs one; empty when it is neither */
    static Optional<String> server(String registry) {
        String host = host(registry);
        if (NAMES_OF_HUB.contains(host)) {
            return Optional.of(HUB);
        }
        return HOST.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }

    private static String host(String registry) {
        String address = registry.strip().toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    /** @throws IOException for a configuration that is no JSON, which Docker's clients would not read either */
    @Override
    public String apply(String config) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser in = PlainJson.FACTORY.createParser(config.isBlank() ? "{}" : config);
                JsonGenerator out = PlainJson.FACTORY.createGenerator(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            out.writeStartObject();
            boolean stored = others(in, out);
            if (stored) {
                out.writeObjectFieldStart("credHelpers");
                out.writeStringField(server, "");
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    /** Copies every field; those that say where logins are with this one. Tells whether a store is still to be put off. */
    private boolean others(JsonParser in, JsonGenerator out) throws IOException {
        boolean stored = false;
        boolean helped = false;
        boolean loggedIn = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            out.writeFieldName(name);
            stored |= name.equals("credsStore");
            if (name.equals("auths") && value != JsonToken.VALUE_NULL) {
                loggedIn = true;
                exceptOurs(in, out);
                login(out);
            } else if (name.equals("credHelpers") && value != JsonToken.VALUE_NULL) {
                helped = true;
                exceptOurs(in, out);
                out.writeStringField(server, "");
                out.writeEndObject();
            } else {
                out.copyCurrentStructure(in);
            }
        }
        if (!loggedIn) {
            out.writeObjectFieldStart("auths");
            login(out);
        }
        return stored && !helped;
    }

    /** The object that is read, without its end. */
    private void exceptOurs(JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("'" + in.currentName() + "' is no JSON object");
        }
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (server(name).equals(Optional.of(server))) {
                in.skipChildren();
            } else {
                out.writeFieldName(name);
                out.copyCurrentStructure(in);
            }
        }
    }

    private void login(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(server);
        out.writeStringField("auth", auth);
        out.writeEndObject();
        out.writeEndObject();
    }

    /** The registry only. */
    @Override
    public String toString() {
        return "RegistryLogin[" + server + "]";
    }
}
