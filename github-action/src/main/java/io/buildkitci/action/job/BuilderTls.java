package io.buildkitci.action.job;

import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The inputs of a builder with the certificates that {@code BUILDER_NODE_<i>_AUTH_TLS_{CACERT,CERT,KEY}} hold for its
 * nodes, node 0 being the first and the others those of {@code append}: for driver remote and {@code tcp://} endpoints,
 * as docker/setup-buildx-action 4.3 has it ({@code Buildx.resolveCertsDriverOpts} of docker/actions-toolkit 0.95).
 *
 * @param inputs of the builder, with {@code driver-opts} that name the files
 * @param append inputs of the further nodes, likewise
 * @param files to write before buildx is called, for this user's eyes only
 */
public record BuilderTls(
        RawInput inputs,
        List<RawInput> append,
        List<CertificateFile> files,
        List<Notice> notices,
        List<Problem> problems) {
    public BuilderTls {
        append = List.copyOf(append);
        files = List.copyOf(files);
        notices = List.copyOf(notices);
        problems = List.copyOf(problems);
    }

    /** A certificate or key of one node. */
    public record CertificateFile(Path path, Secret content) {}

    /**
     * @param environment of the process; empty variables count as not set
     * @param buildxConfig buildx's configuration directory, absolute as buildx wants the files' paths
     */
    public static BuilderTls from(
            RawInput inputs, List<RawInput> append, Map<String, String> environment, Path buildxConfig) {
        return new Binding(environment, buildxConfig.resolve("certs")).bind(inputs, append);
    }

    private static final class Binding {
        private static final Pattern TCP =
                Pattern.compile("tcp://(?:[^@/]*@)?(\\[[^]]*]|[^:/?#]+)(?::(\\d+))?(?:[/?#].*)?");
        private static final Pattern NAME = Pattern.compile("(?:^|[,\\n\"])\\s*(cacert|cert|key)\\s*=");
        private static final String OPTIONS = "driver-opts";

        private final Map<String, String> environment;
        private final Map<Integer, NodeCertificates> given;
        private final Path folder;
        private final Map<Path, Secret> files = new LinkedHashMap<>();
        private final List<Notice> notices = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Binding(Map<String, String> environment, Path folder) {
            this.environment = environment;
            this.given = NodeCertificates.from(environment);
            this.folder = folder;
        }

        BuilderTls bind(RawInput inputs, List<RawInput> append) {
            RawInput builder = BuilderInputs.ALL.canonical(inputs);
            boolean remote = RawText.of(builder, "driver").equals("remote");
            RawInput first = node(0, builder, remote);
            List<RawInput> further = new ArrayList<>();
            for (RawInput node : append) {
                further.add(node(further.size() + 1, BuilderInputs.NODE.canonical(node), remote));
            }
            given.forEach((number, certificates) -> {
                if (number > append.size()) {
                    unused(certificates, "the builder has no node " + number);
                }
            });
            List<CertificateFile> written = files.entrySet().stream()
                    .map(file -> new CertificateFile(file.getKey(), file.getValue()))
                    .toList();
            return new BuilderTls(first, further, written, notices, problems);
        }

        private RawInput node(int number, RawInput node, boolean remote) {
            NodeCertificates certificates = given.get(number);
            if (certificates == null) {
                return node;
            }
            Matcher tcp = TCP.matcher(endpoint(number, node));
            if (!remote || !tcp.matches()) {
                unused(certificates, "only driver remote with a tcp:// endpoint uses it");
                return node;
            }
            problems.addAll(certificates.problems(optionNames(node)));
            String host = tcp.group(1) + (tcp.group(2) == null ? "" : "-" + tcp.group(2));
            List<String> options = certificates.texts().entrySet().stream()
                    .map(text -> Attributes.of(
                                    text.getKey(), file(number, host, text).toString())
                            .render())
                    .toList();
            return RawText.with(node, OPTIONS, options);
        }

        /** For the first node, checking takes {@code BUILDKIT_HOST} where no endpoint is given. */
        private String endpoint(int number, RawInput node) {
            String endpoint = RawText.of(node, "endpoint");
            return endpoint.isEmpty() && number == 0 ? environment.getOrDefault("BUILDKIT_HOST", "") : endpoint;
        }

        /** The peer's name for it, unless another node of the same address has another text. */
        private Path file(int number, String host, Map.Entry<String, Secret> text) {
            String name = text.getKey() + "_" + host.replaceAll("[^\\w.-]", "_");
            Path path = folder.resolve(name + ".pem");
            Secret taken = files.get(path);
            Path own = taken == null || taken.equals(text.getValue())
                    ? path
                    : folder.resolve(name + "_" + number + ".pem");
            files.put(own, text.getValue());
            return own;
        }

        private void unused(NodeCertificates certificates, String why) {
            certificates
                    .texts()
                    .keySet()
                    .forEach(option -> notices.add(new Notice(certificates.variable(option), "is not used: " + why)));
        }

        /** Names of the options that the person gave themselves. */
        private static Set<String> optionNames(RawInput node) {
            return NAME.matcher(RawText.of(node, OPTIONS))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
        }
    }
}
