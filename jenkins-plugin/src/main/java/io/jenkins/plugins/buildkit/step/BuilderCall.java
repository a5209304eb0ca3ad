package io.jenkins.plugins.buildkit.step;

import hudson.util.Secret;
import io.buildkitci.input.RawInput;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a script asked of one builder, before anything is read into it.
 *
 * @param texts by the names of inputs; values can be secrets
 * @param append the same for each further node
 */
record BuilderCall(Map<String, String> texts, List<Map<String, String>> append) {
    BuilderCall {
        texts = Map.copyOf(texts);
        append = List.copyOf(append);
    }

    /** Under a name, for a builder that has to be found again. */
    BuilderCall named(String name) {
        Map<String, String> all = new TreeMap<>(texts);
        all.put("name", name);
        return new BuilderCall(all, append);
    }

    RawInput inputs() {
        Map<String, String> all = new TreeMap<>(texts);
        all.putIfAbsent("use", "false"); // what is current on an agent is its person's, and other jobs'
        return StepParameters.rawInput(all);
    }

    List<RawInput> nodes() {
        return append.stream().map(StepParameters::rawInput).toList();
    }

    /** For the state of a pipeline, encrypted: options set variables of daemons. */
    String sealed() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("texts", new TreeMap<>(texts));
        fields.put("append", append);
        return Sealed.of(JsonText.pretty(fields)).getEncryptedValue();
    }

    static BuilderCall unsealed(String sealed) {
        Secret secret = Secret.decrypt(sealed);
        if (secret == null) {
            throw new IllegalStateException("the parameters of this builder cannot be decrypted any more");
        }
        PlainJson json = PlainJson.parse(Sealed.text(secret));
        List<Map<String, String>> append = new ArrayList<>();
        json.objects("append").forEach(node -> append.add(texts(node)));
        return new BuilderCall(texts(json.object("texts")), append);
    }

    private static Map<String, String> texts(PlainJson json) {
        Map<String, String> texts = new TreeMap<>();
        json.fields().forEach((input, text) -> texts.put(input.toString(), text.toString()));
        return texts;
    }

    /** Names of inputs only: texts can hold secrets. */
    @Override
    public String toString() {
        return "BuilderCall[" + texts.keySet() + ", " + append.size() + " further nodes]";
    }
}
