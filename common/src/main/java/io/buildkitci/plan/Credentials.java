package io.buildkitci.plan;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Credentials that a person wrote where buildx has no other place for them: into attributes and addresses. */
public final class Credentials {
    private static final String NAME =
            "[\\w.-]*(?:secret|token|passw(?:or)?d|account_?key|access_?key|api_?key)[\\w.-]*";
    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern FIELD = Pattern.compile(
            "(?<=^|,)(?:(\"" + NAME + "=)(?:[^\"]|\"\")*(?=\")|(" + NAME + "=)[^,]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SETTING =
            Pattern.compile("^(" + NAME + "=).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?<=://)[^/@\\s]*:([^/@\\s]+)(?=@)");
    /** The address may be written without a scheme. */
    private static final Pattern PROXY = Pattern.compile(
            "^((?:https?|ftp|all)_proxy=(?:[a-z][a-z0-9+.-]*://)?)[^/@\\s]*:([^/@\\s]+)(?=@)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> OF_FIELDS = Set.of("--cache-from", "--cache-to", "--output", "--set");
    private static final String HIDDEN = "***";

    private Credentials() {}

    /** Every one in a request, for whoever must hide them. */
    public static List<String> of(BuildRequest request) {
        List<String> found = new ArrayList<>();
        for (CacheSpec cache : request.caching().from()) {
            addFrom(cache.attributes(), found);
        }
        for (CacheSpec cache : request.caching().to()) {
            addFrom(cache.attributes(), found);
        }
        request.caching().token().ifPresent(token -> found.add(token.reveal()));
        request.caching().service().ifPresent(service -> {
            found.add(service.pass().read().reveal());
            service.pass().write().ifPresent(token -> found.add(token.reveal()));
        });
        for (OutputSpec output : request.delivery().outputs()) {
            addFrom(output.attributes(), found);
        }
        addFrom(request.source().context(), found);
        for (Setting context : request.source().buildContexts()) {
            addFrom(context.value(), found);
        }
        for (Setting argument : request.source().buildArgs()) {
            addFrom(argument.value(), found);
            ofProxy(argument).filter(password -> !found.contains(password)).ifPresent(found::add);
        }
        return found;
    }

    /** Those of a bake and of each of its targets. */
    public static List<String> of(BakePlan plan) {
        List<String> found = new ArrayList<>(of(plan.request()));
        plan.targets().values().forEach(target -> found.addAll(of(target)));
        return found;
    }

    /** Those that the client adds to every build. */
    public static List<String> of(Capabilities capabilities) {
        return capabilities.proxies().stream()
                .map(proxy -> proxy.password().reveal())
                .toList();
    }

    /** Those of a bake: variables whose names speak of secrets, and what stands in addresses. */
    public static List<String> of(BakeRequest request) {
        List<String> found = new ArrayList<>();
        for (Setting variable : request.what().variables()) {
            if (NAMED.matcher(variable.name()).matches()) {
                found.add(variable.value());
            }
            addFrom(variable.value(), found);
        }
        request.what().source().ifPresent(address -> addFrom(address, found));
        request.changes().set().forEach(override -> addFrom(override, found));
        request.cache().flatMap(BakeRequest.Cache::token).ifPresent(token -> found.add(token.reveal()));
        return found;
    }

    /** Those of a builder: in variables of its daemons whose names speak of secrets, and in addresses. */
    public static List<String> of(BuilderSpec builder) {
        List<String> found = new ArrayList<>();
        for (NodeSpec node : builder.nodes()) {
            node.endpoint().ifPresent(address -> addFrom(address, found));
            for (Setting option : node.driverOpts()) {
                if (isVariable(option) && NAMED.matcher(option.name()).matches()) {
                    found.add(option.value());
                }
                addFrom(option.value(), found);
            }
        }
        return found;
    }

    /** The values of all variables that a builder's daemons are given: any of them may be secret. */
    public static List<String> variables(BuilderSpec builder) {
        return builder.nodes().stream()
                .flatMap(node -> node.driverOpts().stream())
                .filter(Credentials::isVariable)
                .map(Setting::value)
                .toList();
    }

    /** Whether one stands in an address of a text. */
    public static boolean standsIn(String text) {
        return ADDRESS.matcher(text).find();
    }

    /** The password of a proxy that a build argument names. */
    public static Optional<String> ofProxy(Setting argument) {
        Matcher password = PROXY.matcher(argument.render());
        return password.find() ? Optional.of(password.group(2)) : Optional.empty();
    }

    private static boolean isVariable(Setting option) {
        return option.name().startsWith("env.");
    }

    /** The attributes of a cache that hold one. */
    static Set<String> namesIn(CacheSpec cache) {
        Set<String> names = new TreeSet<>(cache.attributes().values().keySet());
        names.removeIf(name -> !NAMED.matcher(name).matches());
        return names;
    }

    private static void addFrom(Attributes attributes, List<String> found) {
        for (Map.Entry<String, String> attribute : attributes.values().entrySet()) {
            if (NAMED.matcher(attribute.getKey()).matches()) {
                found.add(attribute.getValue());
            }
        }
    }

    private static void addFrom(String address, List<String> found) {
        Matcher password = ADDRESS.matcher(address);
        while (password.find()) {
            found.add(password.group(1));
        }
    }

    /** The arguments with every credential replaced by {@code ***}. */
    static List<String> hiddenIn(List<String> argv) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            shown.add(hidden(i == 0 ? "" : argv.get(i - 1), argv.get(i)));
        }
        return shown;
    }

    /**
     * The text of an input with every credential replaced by {@code ***}.
     *
     * @param settings whether each line is one {@code name=value}, rather than attributes between commas
     */
    public static String hiddenIn(String text, boolean settings) {
        String flag = settings ? "--build-arg" : "--output";
        return text.lines().map(line -> hidden(flag, line.strip())).collect(Collectors.joining("\n"));
    }

    private static String hidden(String flag, String value) {
        String shown = value;
        if (OF_FIELDS.contains(flag)) {
            shown = FIELD.matcher(value).replaceAll(Credentials::nameOf);
        } else if (flag.equals("--build-arg")) {
            shown = SETTING.matcher(value).replaceAll("$1" + HIDDEN);
            shown = PROXY.matcher(shown).replaceAll("$1" + HIDDEN);
        }
        return ADDRESS.matcher(shown).replaceAll(HIDDEN);
    }

    private static String nameOf(MatchResult field) {
        String name = field.group(1) == null ? field.group(2) : field.group(1);
        return name + HIDDEN;
    }
}
