package hudson;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Extensions of one kind; here those that a test has put there. */
public class ExtensionList<T> extends AbstractList<T> {
    private static final Map<Class<?>, Object> SINGLETONS = new ConcurrentHashMap<>();

    private final List<T> extensions;

    private ExtensionList(List<T> extensions) {
        this.extensions = extensions;
    }

    /** For tests. */
    public static <U> void put(Class<U> type, U extension) {
        SINGLETONS.put(type, extension);
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return new ExtensionList<>(SINGLETONS.values().stream()
                .filter(type::isInstance)
                .<T>map(type::cast)
                .toList());
    }

    public static <U> U lookupSingleton(Class<U> type) {
        Object extension = SINGLETONS.get(type);
        if (extension == null) {
            throw new IllegalStateException("there is no " + type.getName() + " here");
        }
        return type.cast(extension);
    }

    @Override
    public T get(int index) {
        return extensions.get(index);
    }

    @Override
    public int size() {
        return extensions.size();
    }
}
