package io.buildkitci.input;

import io.buildkitci.model.CacheServeRequest;
import io.buildkitci.model.CacheServeRequest.Certificate;
import io.buildkitci.model.CacheTokenRequest;
import io.buildkitci.model.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inputs of {@code cache serve}, {@code cache token} and of what is done with a store. */
public final class CacheServiceInputs {
    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]*):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    private static final InputSpec DIRECTORY = InputSpec.text("dir", "directory that holds all that the service keeps")
            .example("/var/lib/buildkit-ci-cache")
            .ours();
    private static final InputSpec SECRET = InputSpec.text(
                    "secret-file", "file with what tokens are signed with, 32 characters or more; by default in --dir")
            .example("/run/secrets/buildkit-ci-cache")
            .ours();

    public static final InputTable SERVE = new InputTable(
            "cache serve",
            List.of(
                    DIRECTORY,
                    InputSpec.text("listen", "address and port; builders in containers do not reach 127.0.0.1")
                            .defaultsTo("127.0.0.1:8321")
                            .example("0.0.0.0:8321")
                            .ours(),
                    InputSpec.text("quota", "how much is kept in all")
                            .defaultsTo("50GiB")
                            .example("200GiB")
                            .ours(),
                    InputSpec.text("namespace-quota", "how much is kept of one namespace; the quota if not given")
                            .example("20GiB")
                            .ours(),
                    InputSpec.text("tls-cert", "file with a certificate chain (PEM), for HTTPS")
                            .example("cache.crt")
                            .ours(),
                    InputSpec.text("tls-key", "file with its key (PEM, PKCS #8)")
                            .example("cache.key")
                            .ours(),
                    SECRET));

    public static final InputTable TOKEN = new InputTable(
            "cache token",
            List.of(
                    DIRECTORY,
                    SECRET,
                    InputSpec.text("namespace", "whose cache it is; nothing is read across two of them")
                            .defaultsTo("default")
                            .example("team/app")
                            .ours(),
                    InputSpec.text("scope", "the branch whose cache is read first, and written with --write")
                            .example("refs/heads/main")
                            .ours(),
                    InputSpec.list("read", "further scopes that are read, in order of preference")
                            .example("refs/heads/main")
                            .ours(),
                    InputSpec.flag("write", false, "the scope may be written").ours(),
                    InputSpec.text("life", "how long the token is good")
                            .defaultsTo("6h")
                            .example("90m")
                            .ours()));

    private CacheServiceInputs() {}

    /** A table for something that is done with what a directory holds. */
    public static InputTable ofStore(String step) {
        return new InputTable(step, List.of(DIRECTORY));
    }

    public static Checked<CacheServeRequest> checkServe(RawInput raw, Outside outside) {
        InputReader in = new InputReader(SERVE, raw, outside);
        long quota = in.one("quota", Amounts::bytes).orElse(1L);
        Matcher listen = in.one("listen", CacheServiceInputs::listen).orElse(LISTEN.matcher(":0"));
        listen.matches();
        return in.finish(new CacheServeRequest(
                directory(in),
                listen.group(1).isEmpty() ? "0.0.0.0" : listen.group(1).replaceAll("[\\[\\]]", ""),
                Integer.parseInt(listen.group(2)),
                quota,
                in.one("namespace-quota", Amounts::bytes).orElse(quota),
                certificate(in),
                readable(in, "secret-file")));
    }

    private static String directory(InputReader in) {
        if (!in.isGiven("dir")) {
            in.problem("dir", "", "say which directory holds what the service keeps");
        }
        return in.text("dir").orElse("");
    }

    private static Matcher listen(String text) throws InvalidValue {
        Matcher form = LISTEN.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > LAST_PORT) {
            throw new InvalidValue(text, "no address and port; write 127.0.0.1:8321, [::1]:8321 or :8321");
        }
        return form;
    }

    private static Optional<Certificate> certificate(InputReader in) {
        Optional<String> chain = readable(in, "tls-cert");
        Optional<String> key = readable(in, "tls-key");
        if (in.isGiven("tls-cert") != in.isGiven("tls-key")) {
            String missing = in.isGiven("tls-cert") ? "tls-key" : "tls-cert";
            in.problem(missing, "", "a certificate and its key belong together");
        }
        return chain.flatMap(c -> key.map(k -> new Certificate(c, k)));
    }

    private static Optional<String> readable(InputReader in, String name) {
        Optional<String> file = in.text(name);
        if (file.isPresent() && !in.outside().readableFile().test(file.get())) {
            in.problem(name, file.get(), "no such file, or it cannot be read");
        }
        return file;
    }

    public static Checked<CacheTokenRequest> checkToken(RawInput raw, Outside outside) {
        InputReader in = new InputReader(TOKEN, raw, outside);
        if (!in.isGiven("dir") && !in.isGiven("secret-file")) {
            in.problem("dir", "", "say where the service's secret is: its directory, or secret-file");
        }
        if (!in.isGiven("scope")) {
            in.problem("scope", "", "say which scope the token is for");
        }
        return in.finish(new CacheTokenRequest(
                in.text("dir"),
                readable(in, "secret-file"),
                in.one("namespace", CacheServiceInputs::name).orElse(""),
                in.one("scope", CacheServiceInputs::name).orElse(""),
                in.each("read", CacheServiceInputs::name),
                in.flag("write"),
                in.one("life", Amounts::time).orElse(Duration.ZERO)));
    }

    private static String name(String text) throws InvalidValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValue(text, "has control characters");
        }
        return text;
    }

    /** The directory. */
    public static Checked<String> checkStore(InputTable table, RawInput raw, Outside outside) {
        InputReader in = new InputReader(table, raw, outside);
        String directory = directory(in);
        if (in.isGiven("dir") && !outside.directory().test(directory)) {
            in.problem("dir", directory, "there is no such directory");
        }
        return in.finish(directory);
    }
}
