package io.jenkins.plugins.buildkit.config;

import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configured builder with the certificates of its nodes bound to files of the agent.
 *
 * @param builder with driver options that name the files
 * @param files to write before buildx is called, for one user's eyes only
 */
record NodeCertificates(ConfiguredBuilder builder, Map<Path, Secret> files) {
    private static final String OPTIONS = "driver-opts";

    NodeCertificates {
        files = new LinkedHashMap<>(files);
    }

    /** @param folder of the builder's certificates on the agent, absolute as buildx wants it */
    static NodeCertificates bind(ConfiguredBuilder builder, Certificates.Source source, Path folder) {
        Map<Path, Secret> files = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>(builder.problems());
        List<RawInput> nodes = new ArrayList<>(List.of(builder.inputs()));
        nodes.addAll(builder.append());
        for (int i = 0; i < builder.tls().size(); i++) {
            String id = builder.tls().get(i);
            if (id.isEmpty()) {
                continue;
            }
            Optional<Certificates> certificates = source.of(id);
            if (certificates.isEmpty()) {
                problems.add(new Problem(
                        "builder '" + builder.name() + "' of Manage Jenkins » BuildKit, tlsCredentialsId of node "
                                + (i + 1),
                        id,
                        "no credentials of the kind X.509 Client Certificate have this ID"));
                continue;
            }
            int node = i;
            Map<String, Path> paths = new LinkedHashMap<>();
            certificates.get().byOption().forEach((option, text) -> {
                Path file = folder.resolve(node + "-" + option + ".pem");
                files.put(file, text);
                paths.put(option, file);
            });
            nodes.set(i, with(nodes.get(i), paths));
        }
        return new NodeCertificates(builder.with(nodes.get(0), nodes.subList(1, nodes.size()), problems), files);
    }

    private static RawInput with(RawInput node, Map<String, Path> paths) {
        StringBuilder options = new StringBuilder();
        Optional<RawInput.Given> given = node.get(OPTIONS);
        given.ifPresent(g -> options.append(((RawValue.Text) g.value()).text()));
        paths.forEach((option, path) -> options.append('\n')
                .append(Attributes.of(option, path.toString()).render()));
        Map<String, RawInput.Given> all = new LinkedHashMap<>(node.given());
        String word = given.map(RawInput.Given::word).orElse(OPTIONS);
        all.put(OPTIONS, new RawInput.Given(word, RawValue.of(options.toString())));
        return new RawInput(all);
    }
}
