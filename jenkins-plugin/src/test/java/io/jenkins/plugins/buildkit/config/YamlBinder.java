package io.jenkins.plugins.buildkit.config;

import hudson.model.Describable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Binds a configuration file's nodes to objects by the rules of Configuration as Code: constructors and setters that are
 * data-bound, lists, and nothing else. An attribute that nothing takes is an error that names it.
 */
final class YamlBinder {
    private YamlBinder() {}

    static void into(Object target, Map<?, ?> given) throws ReflectiveOperationException {
        for (Map.Entry<?, ?> attribute : given.entrySet()) {
            String name = (String) attribute.getKey();
            String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            Method method = Arrays.stream(target.getClass().getMethods())
                    .filter(m -> m.getName().equals(setter) && m.isAnnotationPresent(DataBoundSetter.class))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            target.getClass().getSimpleName() + " has no attribute '" + name + "'"));
            method.invoke(target, value(method.getGenericParameterTypes()[0], attribute.getValue()));
        }
    }

    private static Object value(Type type, Object given) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            List<Object> values = new ArrayList<>();
            for (Object item : (List<?>) given) {
                values.add(value(list.getActualTypeArguments()[0], item));
            }
            return values;
        }
        if (Describable.class.isAssignableFrom((Class<?>) type)) {
            return object((Class<?>) type, (Map<?, ?>) given);
        }
        boolean fits = (type == int.class && given instanceof Integer)
                || (type == boolean.class && given instanceof Boolean)
                || (type == String.class && given instanceof String);
        if (!fits) {
            throw new IllegalArgumentException(given + " is no " + type.getTypeName());
        }
        return given;
    }

    private static Object object(Class<?> type, Map<?, ?> given) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(c -> c.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        Map<Object, Object> rest = new HashMap<>(given);
        List<Object> arguments = new ArrayList<>();
        for (var parameter : constructor.getParameters()) {
            if (!parameter.isNamePresent() || !rest.containsKey(parameter.getName())) {
                throw new IllegalArgumentException(type.getSimpleName() + " needs '" + parameter.getName() + "'");
            }
            arguments.add(value(parameter.getParameterizedType(), rest.remove(parameter.getName())));
        }
        Object made = constructor.newInstance(arguments.toArray());
        into(made, rest);
        return made;
    }
}
