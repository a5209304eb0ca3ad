package io.jenkins.plugins.buildkit.step;

import hudson.util.Secret;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.ServiceCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a restarted controller has to know of a build's cache service: its tokens are masked and ended after that too.
 *
 * @param notes what the build's report says of it
 */
record KeptCache(Optional<ServiceCache> service, List<String> notes) {
    static final KeptCache NONE = new KeptCache(Optional.empty(), List.of());

    KeptCache {
        notes = List.copyOf(notes);
    }

    static KeptCache of(OpenedCache cache) {
        return new KeptCache(cache.service(), cache.ready().notes());
    }

    /** For the state of a pipeline: encrypted with the controller's key. */
    String sealed() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("notes", notes);
        service.ifPresent(used -> {
            CachePass pass = used.pass();
            fields.put("address", used.address());
            fields.put("read", pass.read().reveal());
            pass.write().ifPresent(write -> fields.put("write", write.reveal()));
            fields.put("scopes", pass.scopes());
        });
        return Sealed.of(JsonText.line(fields)).getEncryptedValue();
    }

    /** @param sealed empty for none */
    static KeptCache unsealed(String sealed) {
        Secret secret = sealed.isEmpty() ? null : Secret.decrypt(sealed);
        if (secret == null) {
            return NONE;
        }
        PlainJson json = PlainJson.parse(Sealed.text(secret));
        Optional<ServiceCache> service = json.has("address") ? Optional.of(service(json)) : Optional.empty();
        return new KeptCache(service, texts(json, "notes"));
    }

    private static ServiceCache service(PlainJson json) {
        String address = json.text("address");
        return new ServiceCache(
                address,
                new CachePass(
                        List.of(address),
                        new io.buildkitci.model.Secret(json.text("read")),
                        json.has("write")
                                ? Optional.of(new io.buildkitci.model.Secret(json.text("write")))
                                : Optional.empty(),
                        texts(json, "scopes"),
                        new CachePass.Sign("/", new io.buildkitci.model.Secret(""))));
    }

    private static List<String> texts(PlainJson json, String field) {
        return json.values(field).stream().map(Object::toString).toList();
    }
}
