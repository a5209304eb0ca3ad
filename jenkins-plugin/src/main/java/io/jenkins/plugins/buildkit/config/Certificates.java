package io.jenkins.plugins.buildkit.config;

import io.buildkitci.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a buildkitd behind TLS is talked to with. */
record Certificates(Optional<Secret> authority, Optional<Secret> certificate, Optional<Secret> key) {
    /** Where they come from. */
    interface Source {
        /** Those of one credentials entry; empty where there is none. */
        Optional<Certificates> of(String credentialsId);
    }

    /** By the option of driver remote that names the file. */
    Map<String, Secret> byOption() {
        Map<String, Secret> options = new LinkedHashMap<>();
        authority.ifPresent(text -> options.put("cacert", text));
        certificate.ifPresent(text -> options.put("cert", text));
        key.ifPresent(text -> options.put("key", text));
        return options;
    }
}
