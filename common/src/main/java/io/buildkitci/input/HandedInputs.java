package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Handed;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Secret;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.model.Setting;
import io.buildkitci.model.SshSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the build may see of the caller's secrets and keys. No reason here repeats a secret's text. */
final class HandedInputs {
    /** BuildKit refuses longer secrets. */
    private static final int LONGEST_SECRET = 500 * 1024;

    private static final Pattern ID = Pattern.compile("[\\w.-]+");
    private static final Pattern BUILDX_SYNTAX = Pattern.compile("(?:.*,)?(?:type|src|source|env)=.*", Pattern.DOTALL);

    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Z]+(?:_[A-Z0-9]+)*");
    private static final Pattern FILE_NAME = Pattern.compile("(?:\\.{0,2}/|~/).*|[\\w-]*\\.[a-z]{1,6}");

    private final InputReader in;

    private HandedInputs(InputReader in) {
        this.in = in;
    }

    static Handed read(InputReader in) {
        return new HandedInputs(in).handed();
    }

    private Handed handed() {
        List<SecretSpec> values = in.each("secrets", this::value).stream()
                .flatMap(Optional::stream)
                .toList();
        List<SecretSpec> variables = in.each("secret-envs", this::variable);
        List<SecretSpec> files = in.each("secret-files", this::file);
        Map<String, String> inputOfId = new HashMap<>();
        eachIdOnce("secrets", values, inputOfId);
        eachIdOnce("secret-envs", variables, inputOfId);
        eachIdOnce("secret-files", files, inputOfId);
        List<SecretSpec> all = new ArrayList<>(values);
        all.addAll(variables);
        all.addAll(files);
        return new Handed(all, ssh());
    }

    private void eachIdOnce(String input, List<SecretSpec> secrets, Map<String, String> inputOfId) {
        for (SecretSpec secret : secrets) {
            String earlier = inputOfId.putIfAbsent(secret.id(), input);
            if (earlier != null) {
                String where = earlier.equals(input) ? "" : " (also in " + in.word(earlier) + ")";
                in.problem(input, "", "the id '" + secret.id() + "' is given twice" + where);
            }
        }
    }

    /** Empty for a secret that is: CI systems leave secrets empty where they may not be seen, as in builds of forks. */
    private Optional<SecretSpec> value(String text) throws InvalidValue {
        int equals = text.indexOf('=');
        String id = text.substring(0, Math.max(0, equals)).strip();
        if (ID.matcher(id).matches() && text.substring(equals + 1).isBlank()) {
            in.notice("secrets", "the secret '" + id + "' is empty and is left out, as if it were not given");
            return Optional.empty();
        }
        Setting secret = idAnd(text, "value");
        if (secret.name().equals("id") && BUILDX_SYNTAX.matcher(secret.value()).matches()) {
            throw new InvalidValue(
                    text,
                    "is written as buildx's --secret; here it is id=value, secret-files: id=path or secret-envs:"
                            + " id=VARIABLE");
        }
        if (secret.value().getBytes(StandardCharsets.UTF_8).length > LONGEST_SECRET) {
            throw new InvalidValue(text, "the secret '" + secret.name() + "' is longer than 500 KiB");
        }
        return Optional.of(new SecretSpec(secret.name(), new SecretSpec.Value(new Secret(secret.value()))));
    }

    private SecretSpec variable(String text) throws InvalidValue {
        Setting secret = idAnd(text, "VARIABLE");
        if (in.outside().variable().apply(secret.value()).isEmpty()) {
            throw new InvalidValue(
                    shown(secret, VARIABLE_NAME), "there is no environment variable of the name given for this id");
        }
        return new SecretSpec(secret.name(), new SecretSpec.Variable(secret.value()));
    }

    private SecretSpec file(String text) throws InvalidValue {
        Setting secret = idAnd(text, "path");
        if (!in.outside().readableFile().test(secret.value())) {
            throw new InvalidValue(shown(secret, FILE_NAME), "there is no readable file at the path given for this id");
        }
        return new SecretSpec(secret.name(), new SecretSpec.SecretFile(secret.value()));
    }

    /** The id, and what follows it only where that cannot be a secret put in the wrong input. */
    private static String shown(Setting secret, Pattern harmless) {
        return harmless.matcher(secret.value()).matches() ? secret.render() : secret.name();
    }

    /** The text is hidden in messages: a value may stand where a name was expected. */
    private static Setting idAnd(String text, String what) throws InvalidValue {
        int equals = text.indexOf('=');
        String id = equals < 0 ? "" : text.substring(0, equals).strip();
        if (!ID.matcher(id).matches()) {
            throw new InvalidValue(
                    "***", "not of the form id=" + what + ", with an id of letters, digits, '.', '_' and '-'");
        }
        String value = text.substring(equals + 1);
        if (value.isEmpty()) {
            throw new InvalidValue(id, "nothing follows the '='; write id=" + what);
        }
        return new Setting(id, value);
    }

    private List<SshSpec> ssh() {
        List<SshSpec> specs = in.each("ssh", this::ssh);
        Set<String> ids = new HashSet<>();
        specs.stream().filter(s -> !ids.add(s.id())).forEach(s -> in.problem("ssh", s.id(), "the id is given twice"));
        return specs;
    }

    private SshSpec ssh(String text) throws InvalidValue {
        int equals = text.indexOf('=');
        String id = equals < 0 ? text : text.substring(0, equals);
        if (!ID.matcher(id).matches()) {
            throw new InvalidValue(
                    text, "not of the form default or id=path; several paths of one id go in quotes: \"id=a,b\"");
        }
        if (equals < 0) {
            if (in.outside()
                    .variable()
                    .apply("SSH_AUTH_SOCK")
                    .filter(s -> !s.isEmpty())
                    .isEmpty()) {
                throw new InvalidValue(
                        text, "needs an SSH agent, and SSH_AUTH_SOCK is not set; start one or write " + id + "=<path>");
            }
            return new SshSpec(id, List.of());
        }
        List<String> paths = List.of(text.substring(equals + 1).split(",", -1));
        for (String path : paths) {
            if (!in.outside().readableFile().test(path)) {
                throw new InvalidValue(text, "'" + path + "' is no readable key or socket");
            }
        }
        return new SshSpec(id, paths);
    }
}
