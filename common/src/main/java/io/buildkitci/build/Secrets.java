package io.buildkitci.build;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every text of a build that must not be seen: its secrets wherever they are, and credentials in attributes and addresses. */
public final class Secrets {
    private Secrets() {}

    /**
     * Of a build that can be carried out, with what its client adds to it.
     *
     * @param variable the caller's environment
     */
    public static List<String> values(
            Builds.Ready ready, Function<String, Optional<String>> variable, HostFiles files) {
        List<String> values = new ArrayList<>(values(ready.request(), variable, files));
        values.addAll(Credentials.of(ready.capabilities()));
        return values;
    }

    /** @param variable the caller's environment */
    public static Redactor redactor(
            BuildRequest request, Function<String, Optional<String>> variable, HostFiles files) {
        return Redactor.of(values(request, variable, files));
    }

    /**
     * The texts themselves, for a host that has to hide them too.
     *
     * @param variable the caller's environment
     */
    public static List<String> values(
            BuildRequest request, Function<String, Optional<String>> variable, HostFiles files) {
        List<String> values = new ArrayList<>();
        for (SecretSpec secret : request.handed().secrets()) {
            value(secret.source(), variable, files).ifPresent(values::add);
        }
        values.addAll(Credentials.of(request));
        return values;
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
}
