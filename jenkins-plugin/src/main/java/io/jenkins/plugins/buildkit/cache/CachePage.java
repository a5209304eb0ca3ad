package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.buildkitci.cacheservice.store.Stats;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Manage Jenkins → BuildKit layer cache: what is kept of each job and branch, and how useful it is. */
@Extension
public final class CachePage extends ManagementLink {
    /** Only where there is a cache. */
    @Override
    public @Nullable String getIconFileName() {
        return LayerCacheConfiguration.get().getService() instanceof NoService ? null : "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return "BuildKit layer cache";
    }

    @Override
    public String getDescription() {
        return "How much is kept of each job and branch, and how often it is of use.";
    }

    @Override
    public String getUrlName() {
        return "buildkit-cache";
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    /**
     * What the page shows.
     *
     * @param namespace the one whose scopes are shown; empty text for all namespaces
     * @param filter part of a name
     * @param from how many rows come before the first that is shown
     */
    public CacheView view(@Nullable String namespace, @Nullable String filter, @Nullable String from)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        CacheView.Question question = CacheView.Question.of(namespace, filter, from);
        try {
            Keepers.Answer answer = keeper();
            return answer instanceof Keepers.There there
                    ? CacheView.of(there.keeper().stats(), there.keeper().namespaces(), question)
                    : CacheView.without((Keepers.None) answer, question);
        } catch (IOException e) {
            return CacheView.without(new Keepers.None(Keepers.said(e), "see whether it runs"), question);
        }
    }

    /** Whether the one who looks may drop what is kept. */
    public boolean isChangeable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** @param scope empty text for the whole namespace */
    @POST
    public HttpResponse doDrop(@QueryParameter String namespace, @QueryParameter String scope)
            throws IOException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Keepers.Answer answer = keeper();
        if (!(answer instanceof Keepers.There there)) {
            throw new IOException(((Keepers.None) answer).reason());
        }
        Keeper keeper = there.keeper();
        Stats stats = keeper.stats();
        boolean known = keeper.namespaces().owner(namespace).isPresent()
                && stats.namespaces().stream().anyMatch(n -> n.name().equals(namespace));
        if (known && scope.isEmpty()) {
            keeper.drop(namespace);
        } else if (known) {
            keeper.drop(namespace, scope);
        }
        return HttpResponses.redirectTo(known && !scope.isEmpty() ? "./" + CacheView.address(namespace, "", 0) : ".");
    }

    private static Keepers.Answer keeper() {
        return Keepers.of(
                LayerCacheConfiguration.get().getService(), CacheLifecycle.get().state());
    }
}
