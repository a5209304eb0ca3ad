package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.Run;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cacheservice.RemoteService;
import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Gives builds their passes for the service that is configured, for the scopes of their job and branch. */
@Extension
public final class JenkinsLayerCache implements LayerCache {
    private static final Logger LOG = Logger.getLogger(JenkinsLayerCache.class.getName());

    /** A service that is started with Jenkins answers soon. */
    private static final Duration STARTING = Duration.ofSeconds(20);

    private static final String CONFIGURE = "see Layer cache in Manage Jenkins » BuildKit";

    private final OpenPasses open = new OpenPasses();

    @Override
    public CachePasses.Answer open(Run<?, ?> run) throws InterruptedException {
        ServiceChoice choice = LayerCacheConfiguration.get().getService();
        CachePasses.Answer answer;
        if (choice instanceof EmbeddedService) {
            answer = embedded(run);
        } else if (choice instanceof ExternalService external) {
            answer = external(external, run);
        } else {
            return new CachePasses.Missing(
                    "this Jenkins has no layer cache",
                    "choose a service for it, Layer cache in Manage Jenkins » BuildKit, or take another cache");
        }
        if (answer instanceof CachePasses.Granted granted) {
            open.add(run.getExternalizableId(), granted.pass());
        }
        return answer;
    }

    private static CachePasses.Answer embedded(Run<?, ?> run) throws InterruptedException {
        RunningService.State state = CacheLifecycle.get().settled(STARTING);
        if (!(state instanceof RunningService.Running running)) {
            Keepers.None none = (Keepers.None) Keepers.of(new EmbeddedService(), state);
            return new CachePasses.Unavailable(none.reason(), none.remedy());
        }
        List<String> addresses = Addresses.of(
                running.hosting(),
                running.service().address().getPort(),
                Optional.ofNullable(Jenkins.get().getRootUrl()));
        BuildOrigin origin = JobOrigin.of(run);
        Grant grant = origin.grant(Namespaces.OWN.of(origin.owner()));
        return new CachePasses.Granted(running.service().passes().open(grant, addresses));
    }

    private static CachePasses.Answer external(ExternalService service, Run<?, ?> run) throws InterruptedException {
        BuildOrigin origin = JobOrigin.of(run);
        try {
            if (!service.getSecretCredentialsId().isEmpty()) {
                Grant grant = origin.grant(Keepers.namespaces(service).of(origin.owner()));
                return new CachePasses.Granted(Keepers.remote(service).open(grant, Addresses.of(service.uri())));
            }
            return origin.isTrusted()
                    ? shared(service)
                    : new CachePasses.Unavailable(
                            "this change is of somebody who is not trusted, and all builds share one token",
                            "give Jenkins the secret of the service, by which it makes tokens for such changes: "
                                    + CONFIGURE);
        } catch (InvalidValue e) {
            return new CachePasses.Unavailable(Keepers.said(e), CONFIGURE);
        } catch (IOException e) {
            return new CachePasses.Unavailable(Keepers.said(e), "see whether the service runs, and " + CONFIGURE);
        }
    }

    private static CachePasses.Answer shared(ExternalService service)
            throws InvalidValue, IOException, InterruptedException {
        Secret token = ServiceSecret.text(service.getTokenCredentialsId())
                .orElseThrow(() -> new InvalidValue(service.getTokenCredentialsId(), ServiceSecret.NONE));
        return new CachePasses.Granted(RemoteService.exchange(service.uri(), token, Addresses.of(service.uri())));
    }

    @Override
    public void end(CachePass pass) {
        open.remove(pass);
        try {
            if (CacheLifecycle.get().state() instanceof RunningService.Running running) {
                BuildPasses passes = running.service().passes();
                passes.end(pass);
            } else if (LayerCacheConfiguration.get().getService() instanceof ExternalService service) {
                URI address = service.uri();
                RemoteService.end(address, pass);
            }
        } catch (InvalidValue | IOException e) {
            LOG.log(Level.FINE, "a token of the layer cache ends by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what a build has left open. */
    void endAll(String run) {
        open.of(run).forEach(this::end);
    }
}
