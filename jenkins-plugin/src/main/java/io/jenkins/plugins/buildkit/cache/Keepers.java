package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.RemoteService;
import io.buildkitci.local.Unguessable;
import io.buildkitci.model.InvalidValue;
import jenkins.model.Jenkins;

/** Finds what keeps the layers of this Jenkins. */
final class Keepers {
    private static final String CONFIGURE = "see Layer cache in Manage Jenkins » BuildKit";

    private Keepers() {}

    /** One, or why there is none. */
    sealed interface Answer {}

    /** It can be asked. */
    record There(Keeper keeper) implements Answer {}

    /** It cannot. */
    record None(String reason, String remedy) implements Answer {}

    static Answer of(ServiceChoice choice, RunningService.State state) {
        if (choice instanceof ExternalService external) {
            return of(external);
        }
        if (choice instanceof NoService) {
            return new None("this Jenkins has no layer cache", "choose one: " + CONFIGURE);
        }
        if (state instanceof RunningService.Running running) {
            return new There(new EmbeddedKeeper(running.service().store()));
        }
        return new None(
                state instanceof RunningService.Failed failed
                        ? "the layer cache of this Jenkins does not run: " + failed.reason()
                        : "the layer cache of this Jenkins does not run yet",
                CONFIGURE);
    }

    private static Answer of(ExternalService external) {
        if (external.getSecretCredentialsId().isEmpty()) {
            return new None(
                    "Jenkins has only a token of the external service",
                    "give its secret, so that Jenkins can ask and tidy it: " + CONFIGURE);
        }
        try {
            return new There(new ExternalKeeper(remote(external), namespaces(external)));
        } catch (InvalidValue e) {
            return new None(said(e), CONFIGURE);
        }
    }

    static String said(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    static RemoteService remote(ExternalService external) throws InvalidValue {
        return new RemoteService(
                external.uri(), ServiceSecret.of(external.getSecretCredentialsId()), Unguessable::bytes);
    }

    static Namespaces namespaces(ExternalService external) {
        return Namespaces.in(external, Jenkins.get().getLegacyInstanceId());
    }
}
