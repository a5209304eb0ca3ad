package io.jenkins.plugins.buildkit.step;

import java.lang.reflect.Method;
import java.util.Map;

/** Makes steps from a script's arguments as Jenkins does: the descriptor rewrites them, setters take them. */
final class Steps {
    private Steps() {}

    static BuildkitBuildStep build(Map<String, ?> arguments) {
        return set(
                new BuildkitBuildStep(),
                new BuildkitBuildStep.DescriptorImpl().customInstantiate(new java.util.LinkedHashMap<>(arguments)));
    }

    static BuildkitBakeStep bake(Map<String, ?> arguments) {
        return set(
                new BuildkitBakeStep(),
                new BuildkitBakeStep.DescriptorImpl().customInstantiate(new java.util.LinkedHashMap<>(arguments)));
    }

    static <T> T set(T step, Map<String, ?> properties) {
        properties.forEach((name, value) -> {
            String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            for (Method method : step.getClass().getMethods()) {
                if (method.getName().equals(setter)) {
                    try {
                        method.invoke(step, value);
                        return;
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(name, e);
                    }
                }
            }
            throw new AssertionError("no property " + name);
        });
        return step;
    }
}
