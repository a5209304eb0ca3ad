package io.buildkitci.build;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every text of a build that must not be seen: its secrets wherever they are, and credentials in attributes. */
public final class Secrets {
    private static final Pattern CREDENTIAL = Pattern.compile("(?i).*(secret|token|password|account_key|access_key).*");

    private Secrets() {}

    /** @param variable the caller's environment */
    public static Redactor redactor(
            BuildRequest request, Function<String, Optional<String>> variable, HostFiles files) {
        List<String> values = new ArrayList<>();
        for (SecretSpec secret : request.handed().secrets()) {
            value(secret.source(), variable, files).ifPresent(values::add);
        }
        Stream.concat(
                        Stream.concat(request.caching().from().stream(), request.caching().to().stream())
                                .map(cache -> cache.attributes()),
                        request.delivery().outputs().stream().map(output -> output.attributes()))
                .flatMap(Secrets::credentials)
                .forEach(values::add);
        return Redactor.of(values);
    }

    private static Optional<String> value(
            SecretSpec.Source source, Function<String, Optional<String>> variable, HostFiles files) {
        if (source instanceof SecretSpec.Value value) {
            return Optional.of(value.secret().reveal());
        }
        if (source instanceof SecretSpec.Variable named) {
            return variable.apply(named.name());
        }
        return source instanceof SecretSpec.SecretFile file ? files.read(Path.of(file.path())) : Optional.empty();
    }

    private static Stream<String> credentials(Attributes attributes) {
        return attributes.values().entrySet().stream()
                .filter(e -> CREDENTIAL.matcher(e.getKey()).matches())
                .map(Map.Entry::getValue);
    }
}
