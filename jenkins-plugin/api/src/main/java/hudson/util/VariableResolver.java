package hudson.util;

/** Knows what a variable stands for. */
public interface VariableResolver<V> {
    /** {@code null} when it does not know. */
    V resolve(String name);
}
