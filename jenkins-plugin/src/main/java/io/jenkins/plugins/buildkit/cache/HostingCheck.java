package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.Settings;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.input.CacheServiceInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.CacheServeRequest;
import io.buildkitci.model.InvalidValue;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;

/** What is wrong with the fields of a service in this Jenkins; what the command line takes too is checked as there. */
final class HostingCheck {
    private static final int LAST_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("[\\w.:-]*");

    /** The inputs of the command line by our fields. */
    private static final Map<String, String> FIELDS = Map.of(
            "dir", "directory",
            "listen", "port",
            "quota", "quota",
            "namespace-quota", "namespaceQuota",
            "tls-cert", "tlsCertificateFile",
            "tls-key", "tlsKeyFile");

    private final EmbeddedService service;
    private final Path home;
    private final List<Problem> problems = new ArrayList<>();

    HostingCheck(EmbeddedService service, Path home) {
        this.service = service;
        this.home = home;
    }

    Checked<Hosting> check() {
        Path directory = home.resolve(service.getDirectory()).normalize();
        if (home.startsWith(directory)) {
            problem("directory", service.getDirectory(), "Jenkins' home is in it; the cache needs one of its own");
        }
        checkPlace();
        Optional<URI> advertised = advertised();
        Optional<Settings.Tls> tls = keys();
        Checked<CacheServeRequest> checked = CacheServiceInputs.checkServe(RawInput.of(given(directory)), outside());
        if (checked instanceof Checked.Invalid<CacheServeRequest> invalid) {
            for (Problem problem : invalid.problems()) {
                String field = FIELDS.getOrDefault(problem.input(), problem.input());
                problem(field, problem.given(), problem.reason());
            }
        }
        if (!problems.isEmpty()) {
            return new Checked.Invalid<>(problems, checked.notices());
        }
        CacheServeRequest request = ((Checked.Valid<CacheServeRequest>) checked).value();
        Settings settings = new Settings(
                directory,
                new InetSocketAddress(request.host(), request.port()),
                Limits.of(request.quota(), request.namespaceQuota()),
                tls.or(() ->
                        request.tls().map(t -> new Settings.PemFiles(home.resolve(t.chain()), home.resolve(t.key())))),
                Optional.empty());
        return new Checked.Valid<>(new Hosting(settings, advertised), checked.notices());
    }

    private void problem(String field, String given, String reason) {
        problems.add(new Problem(field, given, reason));
    }

    private void checkPlace() {
        if (service.getPort() < 1 || service.getPort() > LAST_PORT) {
            problem("port", String.valueOf(service.getPort()), "a port is a number from 1 to " + LAST_PORT);
        }
        if (!HOST.matcher(service.getBindAddress()).matches()) {
            problem("bindAddress", service.getBindAddress(), "no address or name of this machine, as 172.17.0.1");
        }
    }

    /** Nothing that has a problem of its own already is checked once more. */
    private Map<String, RawValue> given(Path directory) {
        Map<String, RawValue> given = new LinkedHashMap<>();
        given.put("dir", RawValue.of(directory.toString()));
        if (problems.isEmpty()) {
            String host = service.getBindAddress();
            given.put("listen", RawValue.of((host.contains(":") ? "[" + host + "]" : host) + ":" + service.getPort()));
        }
        given.put("quota", RawValue.of(service.getQuota()));
        put("namespace-quota", service.getNamespaceQuota(), given);
        put("tls-cert", service.getTlsCertificateFile(), given);
        put("tls-key", service.getTlsKeyFile(), given);
        return given;
    }

    private static void put(String input, String value, Map<String, RawValue> given) {
        if (!value.isEmpty()) {
            given.put(input, RawValue.of(value));
        }
    }

    /** Files are the controller's, relative to its home. */
    private Outside outside() {
        return new Outside(
                variable -> Optional.empty(),
                file -> Files.isReadable(home.resolve(file)) && !Files.isDirectory(home.resolve(file)),
                folder -> Files.isDirectory(home.resolve(folder)));
    }

    private Optional<URI> advertised() {
        try {
            return service.getAddress().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ServiceAddress.parse(service.getAddress()));
        } catch (InvalidValue e) {
            problem("address", e.given(), e.reason());
            return Optional.empty();
        }
    }

    private Optional<Settings.Tls> keys() {
        String id = service.getTlsCredentialsId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!service.getTlsCertificateFile().isEmpty()
                || !service.getTlsKeyFile().isEmpty()) {
            problem("tlsCredentialsId", id, "the certificate is given twice, by credentials and by files");
        }
        try {
            KeyManagerFactory keys = TlsKeys.of(id);
            return Optional.of(new Settings.Keys(keys));
        } catch (InvalidValue e) {
            problem("tlsCredentialsId", e.given(), e.reason());
            return Optional.empty();
        }
    }
}
