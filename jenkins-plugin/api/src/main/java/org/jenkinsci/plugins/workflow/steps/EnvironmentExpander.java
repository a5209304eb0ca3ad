package org.jenkinsci.plugins.workflow.steps;

import hudson.EnvVars;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Variables that a step sets for its block. */
public abstract class EnvironmentExpander implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract void expand(EnvVars env) throws IOException, InterruptedException;

    public static EnvironmentExpander constant(Map<String, String> variables) {
        return new Merged(null, new Constant(variables));
    }

    /** The second after the first, which may be {@code null}. */
    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        return new Merged(original, subsequent);
    }

    private static final class Constant extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final TreeMap<String, String> variables;

        private Constant(Map<String, String> variables) {
            this.variables = new TreeMap<>(variables);
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideAll(variables);
        }
    }

    private static final class Merged extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final EnvironmentExpander first;
        private final EnvironmentExpander second;

        private Merged(EnvironmentExpander first, EnvironmentExpander second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            if (first != null) {
                first.expand(env);
            }
            second.expand(env);
        }
    }
}
