package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.Set;

/** Describes a {@link Step}: its name in pipelines and what it needs around it. */
public abstract class StepDescriptor extends Descriptor<Step> {
    public abstract Set<? extends Class<?>> getRequiredContext();

    public Set<? extends Class<?>> getProvidedContext() {
        return Set.of();
    }

    public abstract String getFunctionName();

    public boolean takesImplicitBlockArgument() {
        return false;
    }

    public boolean isAdvanced() {
        return false;
    }

    public String argumentsToString(Map<String, Object> namedArgs) {
        if (namedArgs.size() == 1) {
            Object only = namedArgs.values().iterator().next();
            return only instanceof CharSequence || only instanceof Number ? only.toString() : null;
        }
        return null;
    }
}
