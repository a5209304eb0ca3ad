package org.jenkinsci.plugins.structs.describable;

import java.util.Map;

/** A descriptor that rewrites the arguments its describable is made from, or shown as. */
public interface CustomDescribableModel {
    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        return arguments;
    }

    default UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable describable) {
        return describable;
    }
}
