package hudson;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Extensions, as far as there is one of a kind; here those that a test has put there. */
public final class ExtensionList {
    private static final Map<Class<?>, Object> SINGLETONS = new ConcurrentHashMap<>();

    private ExtensionList() {}

    /** For tests. */
    public static <U> void put(Class<U> type, U extension) {
        SINGLETONS.put(type, extension);
    }

    public static <U> U lookupSingleton(Class<U> type) {
        Object extension = SINGLETONS.get(type);
        if (extension == null) {
            throw new IllegalStateException("there is no " + type.getName() + " here");
        }
        return type.cast(extension);
    }
}
