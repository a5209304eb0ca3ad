package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.trust.Grant;
import java.util.List;
import java.util.Optional;

/** What a build is of, as far as it decides which layers it reads and which it writes. */
sealed interface BuildOrigin {
    /** The branch of a job that has none. */
    String ONLY = "job";

    /** Whose layers they are: everything below one name of a job or a multibranch project. */
    String owner();

    /** @param namespace what the owner is called in the service */
    Grant grant(String namespace);

    /** Whether whoever wrote what is built is trusted to write layers that others read. */
    boolean isTrusted();

    /** A job that is not for a branch. */
    record WholeJob(String owner) implements BuildOrigin {
        @Override
        public Grant grant(String namespace) {
            return Grant.ofBranch(namespace, ONLY, Optional.empty(), Optional.empty());
        }

        @Override
        public boolean isTrusted() {
            return true;
        }
    }

    /**
     * One head of a multibranch project.
     *
     * @param scope of its own
     * @param name of the head
     * @param target the scope of the branch that a change is for
     * @param main the scope of the project's default branch
     */
    record Head(
            String owner, String scope, String name, Optional<String> target, Optional<String> main, boolean isTrusted)
            implements BuildOrigin {
        @Override
        public Grant grant(String namespace) {
            return isTrusted
                    ? Grant.ofBranch(namespace, scope, target, main)
                    : Grant.ofFork(namespace, name, main.or(() -> target));
        }

        /** Every scope that builds of such a head may ever have written. */
        List<String> scopes() {
            return List.of(scope, "fork/" + name);
        }
    }
}
