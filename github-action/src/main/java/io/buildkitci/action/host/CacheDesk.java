package io.buildkitci.action.host;

import io.buildkitci.build.Builds;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.cache.ServiceAddresses;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.json.PlainJson;
import io.buildkitci.local.Authorities;
import io.buildkitci.local.MachineAddresses;
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
        boolean near = isNear(ready, host.clients());
        Optional<CacheShorthand> shorthand = ready.request().caching().shorthand();
        CacheDesk desk = new CacheDesk(
                shorthand.flatMap(CacheShorthand::place).orElse(""),
                ready.request().caching().token().orElse(new Secret("")),
                words,
                host.environment());
        return builds.open(ready, scope, () -> desk.pass(near), desk::end);
    }

    /**
     * Whether the builder is the Docker Engine of this machine and in this process' network, as the engine's own bridge
     * shows: not where one of both is in a container or virtual machine.
     */
    private static boolean isNear(Builds.Ready ready, ClientEnvironment clients) {
        BuilderFacts builder = ready.capabilities().builder();
        return builder.driver().equals(Optional.of(Driver.DOCKER))
                && builder.name().equals("default")
                && clients.dockerHost().orElse("unix://").startsWith("unix://")
                && MachineAddresses.showEngine();
    }

    /** Where the builds of a Jenkins are not, its cache is none either. */
    public static Checked<BuildRequest> elsewhereThanInJenkins(Checked<BuildRequest> checked, RawInput inputs) {
        boolean jenkins = checked instanceof Checked.Valid<BuildRequest> valid
                && valid.value()
                        .caching()
                        .shorthand()
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
