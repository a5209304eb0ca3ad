package io.jenkins.plugins.buildkit.step;

import hudson.util.Secret;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.RawInput;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked.Named;
import io.jenkins.plugins.buildkit.parameters.ParameterText;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a script asked of one build, before anything is read into it.
 *
 * @param texts by the names of inputs, in the inputs' own syntax; values can be secrets
 * @param credentials what is to be looked up in Jenkins
 */
record BuildCall(Map<String, String> texts, CredentialsAsked credentials) {
    BuildCall {
        texts = Map.copyOf(texts);
    }

    /** With the items that credentials came to, which are of inputs that take lists. */
    RawInput inputs(Map<String, List<String>> further) {
        Map<String, String> all = new TreeMap<>(texts);
        further.forEach((input, items) -> {
            InputSpec spec = BuildInputs.ALL.named(input).orElseThrow();
            for (String item : items) {
                all.merge(input, ParameterText.item(spec, item), (before, more) -> before + "\n" + more);
            }
        });
        return StepParameters.rawInput(all);
    }

    /** With further texts, by the names of inputs, in place of those that are there. */
    BuildCall with(Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(texts);
        all.putAll(further);
        return new BuildCall(all, credentials);
    }

    /** For the state of a pipeline: scripts put secrets into texts, so all of it is encrypted with the controller's key. */
    String sealed() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("texts", new TreeMap<>(texts));
        fields.put("registry", credentials.registry());
        fields.put("registryUrl", credentials.registryUrl());
        fields.put("secrets", named(credentials.secrets()));
        fields.put("ssh", named(credentials.ssh()));
        return Sealed.of(JsonText.pretty(fields)).getEncryptedValue();
    }

    static BuildCall unsealed(String sealed) {
        Secret secret = Secret.decrypt(sealed);
        if (secret == null) {
            throw new IllegalStateException("the parameters of this build cannot be decrypted any more");
        }
        PlainJson json = PlainJson.parse(Sealed.text(secret));
        Map<String, String> texts = new TreeMap<>();
        json.object("texts").fields().forEach((input, text) -> texts.put(input.toString(), text.toString()));
        return new BuildCall(
                texts,
                new CredentialsAsked(
                        json.text("registry"), json.text("registryUrl"), named(json, "secrets"), named(json, "ssh")));
    }

    private static List<Map<String, String>> named(List<Named> all) {
        return all.stream()
                .map(one -> Map.of("id", one.id(), "credentialsId", one.credentialsId()))
                .toList();
    }

    private static List<Named> named(PlainJson json, String field) {
        List<Named> all = new ArrayList<>();
        json.objects(field).forEach(one -> all.add(new Named(one.text("id"), one.text("credentialsId"))));
        return all;
    }

    /** Names of inputs only: texts can hold secrets. */
    @Override
    public String toString() {
        return "BuildCall" + new TreeSet<>(texts.keySet());
    }
}
