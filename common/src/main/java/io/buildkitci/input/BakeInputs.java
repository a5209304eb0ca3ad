package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.csv;
import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.list;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The inputs of {@code bake}, and the way from them to a {@link BakeRequest}. */
public final class BakeInputs {
    public static final InputTable ALL = new InputTable(
            "bake",
            List.of(
                    csv("targets", "targets and groups to build; the group 'default' if not given")
                            .example("app,db")
                            .alias("target"),
                    csv(
                                    "files",
                                    "definitions: bake files in HCL or JSON, compose files; those of this directory if not given")
                            .example("docker-bake.hcl")
                            .alias("file"),
                    text(
                                    "source",
                                    "directory, or address of a repository, with the definition; this directory if not given")
                            .example("https://github.com/octo/app.git#main"),
                    list("vars", "variables of the definition, name=value")
                            .example("TAG=1.2.3")
                            .alias("var"),
                    list("set", "values that replace the definition's, <target>.<key>=<value>; '*' matches")
                            .example("*.platform=linux/amd64,linux/arm64"),
                    csv("allow", "what builds may be allowed beyond the usual").example("network.host"),
                    flag("push", false, "send the images to their registries"),
                    flag("load", false, "put the images into the local Docker Engine"),
                    text("cache", "a cache in one word for every target that names none: " + CacheShorthand.ACCEPTED)
                            .example("registry")
                            .ours(),
                    CachingInputs.TOKEN,
                    flag("no-cache", false, "run every step again"),
                    flag("pull", false, "look base images up again"),
                    text("provenance", "provenance attestation of every target: true, false or attributes")
                            .example("mode=max"),
                    text("sbom", "bill of materials of every target: true, false or attributes")
                            .example("true"),
                    text("call", "ask the Dockerfiles instead of building them: check, outline or targets")
                            .example("check"),
                    flag("print", false, "show the definition that would be built, as JSON, and build nothing")
                            .ours(),
                    text("builder", "the builder; the current one if not given").example("ci"),
                    PatienceInputs.RETRIES,
                    PatienceInputs.TIMEOUT,
                    PatienceInputs.INACTIVITY,
                    flag("summary", true, "tell of the build on the page of the run; used by the action only")
                            .ours(),
                    text("github-token", "token for a definition or context on GitHub; used by the action only")
                            .example("…")
                            .secret()));

    /** What is asked for, and whether it is only to be shown. */
    public record Asked(BakeRequest request, boolean print) {}

    private static final Pattern OVERRIDE = Pattern.compile("[^=.\\s]+\\.[\\w-]+(?:\\.[^=]+)?\\+?=.*", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern TARGET = Pattern.compile("[\\w.*-]+");

    private BakeInputs() {}

    public static Checked<Asked> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        Optional<String> source = in.one("source", text -> source(text, outside));
        Optional<String> remote = source.filter(ContextPath::isRemote);
        Optional<String> directory = source.filter(text -> remote.isEmpty());
        BakeRequest.Definition what = new BakeRequest.Definition(
                remote,
                directory,
                in.each("files", text -> file(text, remote, directory.orElse(""), outside)),
                in.each("targets", BakeInputs::target),
                Settings.eachOnce(in, "vars", BakeInputs::variable),
                Optional.empty());
        BakeRequest.Changes changes = new BakeRequest.Changes(
                in.each("set", BakeInputs::override),
                in.items("allow"),
                in.flag("no-cache"),
                in.flag("pull"),
                in.flag("load"),
                in.flag("push"),
                in.one("provenance", AttestationInputs::provenance),
                in.one("sbom", AttestationInputs::booleanOrAttributes),
                in.one("call", SourceInputs::call));
        Asked asked = new Asked(
                new BakeRequest(
                        in.one("builder", Names::builderOrContext), what, changes, cache(in), PatienceInputs.read(in)),
                in.flag("print"));
        in.flag("summary");
        in.text("github-token");
        nothingIsDelivered(asked.request(), in);
        BuildRules.aServiceTakesAToken(asked.request().cache().map(BakeRequest.Cache::shorthand), in);
        return in.finish(asked);
    }

    private static void nothingIsDelivered(BakeRequest request, InputReader in) {
        if (request.builds()) {
            return;
        }
        for (String input : List.of("push", "load")) {
            if (in.flag(input)) {
                in.problem(input, "", "there is no result with " + in.word("call") + "; drop one");
            }
        }
    }

    private static Optional<BakeRequest.Cache> cache(InputReader in) {
        Optional<Secret> token = CachingInputs.token(in);
        return in.one("cache", CacheShorthand::parse).map(shorthand -> new BakeRequest.Cache(shorthand, token));
    }

    private static String source(String text, Outside outside) throws InvalidValue {
        if (!ContextPath.isRemote(text) && !outside.directory().test(text)) {
            throw new InvalidValue(text, "no such directory, and not a git or http URL");
        }
        return text;
    }

    /** Files of a repository are there; {@code cwd://} leads to here all the same. */
    private static String file(String text, Optional<String> remote, String directory, Outside outside)
            throws InvalidValue {
        boolean here = text.startsWith("cwd://");
        String path = here ? text.substring("cwd://".length()) : text;
        boolean below = !directory.isEmpty() && !path.startsWith("/");
        if ((remote.isEmpty() || here)
                && !ContextPath.isRemote(path)
                && !outside.readableFile().test(below ? ContextPath.child(directory, path) : path)) {
            throw new InvalidValue(text, "no such file" + (below ? " in '" + directory + "'" : ""));
        }
        return text;
    }

    private static String target(String text) throws InvalidValue {
        if (!TARGET.matcher(text).matches() || text.startsWith("-")) {
            throw new InvalidValue(text, "not the name of a target: letters, digits, '_', '.' and '-'");
        }
        return text;
    }

    private static Setting variable(String text) throws InvalidValue {
        Setting variable = Settings.parse(text);
        if (!VARIABLE.matcher(variable.name()).matches()) {
            throw new InvalidValue(variable.name(), "not the name of a variable: letters, digits and '_'");
        }
        return variable;
    }

    private static String override(String text) throws InvalidValue {
        if (!OVERRIDE.matcher(text).matches()) {
            throw new InvalidValue(text, "must be <target>.<key>=<value>, such as *.platform=linux/arm64");
        }
        return text;
    }

    /**
     * What a definition says of one target, as the inputs of a build that would do the same.
     *
     * @param target for messages
     * @param values by the names of {@code build-push}
     * @param variable of the environment that the client gets
     */
    public static Checked<BuildRequest> target(
            String target, List<Input> values, Optional<String> builder, Function<String, Optional<String>> variable) {
        Map<String, RawValue> raw = new LinkedHashMap<>();
        values.stream().filter(value -> !value.items().isEmpty()).forEach(value -> raw.put(value.name(), value.raw()));
        builder.ifPresent(name -> raw.put("builder", RawValue.of(name)));
        Outside anywhere = new Outside(variable, path -> true, path -> true);
        return BuildInputs.check(RawInput.of(raw, name -> "target '" + target + "': " + name), anywhere);
    }

    /** One input of a target, its items apart. */
    public record Input(String name, List<String> items) {
        public Input {
            items = List.copyOf(new ArrayList<>(items));
        }

        RawValue raw() {
            return RawValue.of(items);
        }
    }
}
