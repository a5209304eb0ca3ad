package io.buildkitci.action.host;

import io.buildkitci.build.Bakes;
import io.buildkitci.build.Builds;
import io.buildkitci.build.OpenedBake;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.cache.ServiceAddresses;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.json.PlainJson;
import io.buildkitci.local.Authorities;
import io.buildkitci.local.MachineAddresses;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Secret;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gets builds their passes from the cache service that they name, in exchange for a token that lasts. */
public final class CacheDesk {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final String address;
    private final Secret token;
    private final HostWords words;
    private final Map<String, String> environment;

    private CacheDesk(String address, Secret token, HostWords words, Map<String, String> environment) {
        this.address = address;
        this.token = token;
        this.words = words;
        this.environment = environment;
    }

    /** The build with its cache service, or as it is where it names none. */
    public static OpenedCache open(Builds builds, Builds.Ready ready, CacheScope scope, Host host, HostWords words)
            throws InterruptedException {
        BuildRequest.Caching caching = ready.request().caching();
        boolean near = isNear(ready.capabilities().builder(), host.clients());
        CacheDesk desk = of(caching.shorthand(), caching.token(), host, words);
        return builds.open(ready, scope, () -> desk.pass(near), desk::end);
    }

    /** The targets with their cache service, or as they are where they name none. */
    public static OpenedBake open(Bakes bakes, Bakes.Ready ready, Host host, HostWords words)
            throws InterruptedException {
        Optional<BakeRequest.Cache> cache = ready.plan().request().cache();
        boolean near = isNear(ready.capabilities().builder(), host.clients());
        CacheDesk desk =
                of(cache.map(BakeRequest.Cache::shorthand), cache.flatMap(BakeRequest.Cache::token), host, words);
        return bakes.open(ready, () -> desk.pass(near), desk::end);
    }

    private static CacheDesk of(
            Optional<CacheShorthand> shorthand, Optional<Secret> token, Host host, HostWords words) {
        return new CacheDesk(
                shorthand.flatMap(CacheShorthand::place).orElse(""),
                token.orElse(new Secret("")),
                words,
                host.environment());
    }

    /**
     * Whether the builder is the Docker Engine of this machine and in this process' network, as the engine's own bridge
     * shows: not where one of both is in a container or virtual machine.
     */
    private static boolean isNear(BuilderFacts builder, ClientEnvironment clients) {
        return builder.driver().equals(Optional.of(Driver.DOCKER))
                && builder.name().equals("default")
                && clients.dockerHost().orElse("unix://").startsWith("unix://")
                && MachineAddresses.showEngine();
    }

    /** Where the builds of a Jenkins are not, its cache is none either. */
    public static Checked<BuildRequest> elsewhereThanInJenkins(Checked<BuildRequest> checked, RawInput inputs) {
        return elsewhereThanInJenkins(checked, request -> request.caching().shorthand(), inputs);
    }

    /** The same for targets. */
    public static Checked<BakeInputs.Asked> bakedElsewhereThanInJenkins(
            Checked<BakeInputs.Asked> checked, RawInput inputs) {
        return elsewhereThanInJenkins(
                checked, asked -> asked.request().cache().map(BakeRequest.Cache::shorthand), inputs);
    }

    private static <T> Checked<T> elsewhereThanInJenkins(
            Checked<T> checked, Function<T, Optional<CacheShorthand>> shorthand, RawInput inputs) {
        boolean jenkins = checked instanceof Checked.Valid<T> valid
                && shorthand
                        .apply(valid.value())
                        .filter(cache -> cache.kind() == CacheShorthand.Kind.JENKINS)
                        .isPresent();
        String word = inputs.get("cache").map(RawInput.Given::word).orElse("cache");
        return jenkins
                ? new Checked.Invalid<>(
                        List.of(new Problem(
                                word, "jenkins", "is for steps of Jenkins; write service=<address> for a service")),
                        checked.notices())
                : checked;
    }

    private CachePasses.Answer pass(boolean near) {
        try {
            ServiceCall.Answer answer = post("/pass", token);
            if (answer.status() == OK) {
                return pass(PlainJson.parse(answer.body()))
                        .<CachePasses.Answer>map(
                                pass -> near ? new CachePasses.Near(pass) : new CachePasses.Granted(pass))
                        .orElseGet(this::stranger);
            }
            boolean refused = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
            String said = PlainJson.parse(answer.body()).text("message");
            return refused && !said.isEmpty()
                    ? new CachePasses.Unavailable(
                            "the service at " + address + " says: " + said, "give it another cache-token")
                    : stranger();
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Authorities.isDistrust(e)
                    ? new CachePasses.Unavailable(
                            "this machine does not take the certificate of the service at " + address + " (" + why
                                    + ")",
                            "name the certificate of its authority in the variable " + Authorities.VARIABLE)
                    : new CachePasses.Unavailable(
                            "the service at " + address + " does not answer (" + why + ")",
                            "see whether it runs and this machine reaches it");
        }
    }

    private ServiceCall.Answer post(String path, Secret bearer) throws IOException {
        return ServiceCall.post(address + path, bearer, environment);
    }

    private CachePasses.Unavailable stranger() {
        return new CachePasses.Unavailable(
                "what answers at " + address + " is no cache service", "check the address in " + words.input("cache"));
    }

    private Optional<CachePass> pass(PlainJson json) {
        List<String> scopes = new ArrayList<>();
        json.values("scopes").forEach(scope -> scopes.add(scope.toString()));
        PlainJson sign = json.object("sign");
        boolean whole = !json.text("read").isEmpty()
                && !scopes.isEmpty()
                && sign.text("path").startsWith("/")
                && !sign.text("key").isEmpty();
        return whole
                ? Optional.of(new CachePass(
                        ServiceAddresses.of(address, MachineAddresses.all()),
                        new Secret(json.text("read")),
                        json.has("write") ? Optional.of(new Secret(json.text("write"))) : Optional.empty(),
                        scopes,
                        new CachePass.Sign(sign.text("path"), new Secret(sign.text("key")))))
                : Optional.empty();
    }

    /** One that cannot be ended now ends by itself. */
    private void end(CachePass pass) {
        try {
            post("/revoke", pass.read());
        } catch (IOException e) {
            // the service is gone, and with it what its tokens are good for
        }
    }
}
