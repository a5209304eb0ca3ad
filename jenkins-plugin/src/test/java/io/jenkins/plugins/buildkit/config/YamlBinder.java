package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Binds a configuration file's nodes to objects by the rules of Configuration as Code: constructors and setters that are
 * data-bound, lists, kinds that are called by their symbols, and nothing else. An attribute that nothing takes is an error
 * that names it.
 */
public final class YamlBinder {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final List<Class<?>> kinds;

    private YamlBinder(List<Class<?>> kinds) {
        this.kinds = kinds;
    }

    /** What a page of the documentation has in its YAML below a name of our root. */
    public static Map<?, ?> documented(int snippet, String name) throws IOException {
        Path page = Path.of(System.getProperty("buildkitci.root", "..")).resolve("docs/jenkins-configuration.md");
        Matcher yaml = YAML.matcher(Files.readString(page));
        for (int i = 0; i <= snippet; i++) {
            assertThat(yaml.find()).isTrue();
        }
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml.group(1));
        return below(below(file, "buildkit"), name);
    }

    private static Map<?, ?> below(Map<?, ?> node, String name) {
        return (Map<?, ?>) Objects.requireNonNull(node.get(name), name);
    }

    /** @param kinds that may stand where their common type is asked for */
    public static void into(Object target, Map<?, ?> given, Class<?>... kinds) throws ReflectiveOperationException {
        new YamlBinder(List.of(kinds)).bind(target, given);
    }

    private void bind(Object target, Map<?, ?> given) throws ReflectiveOperationException {
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

    private Object value(Type type, Object given) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            List<Object> values = new ArrayList<>();
            for (Object item : (List<?>) given) {
                values.add(value(list.getActualTypeArguments()[0], item));
            }
            return values;
        }
        Class<?> wanted = (Class<?>) type;
        if (Modifier.isAbstract(wanted.getModifiers()) && Describable.class.isAssignableFrom(wanted)) {
            Map<?, ?> named = given instanceof String symbol ? Map.of(symbol, Map.of()) : (Map<?, ?>) given;
            String symbol = (String) named.keySet().iterator().next();
            return object(kind(wanted, symbol), (Map<?, ?>) Objects.requireNonNull(named.get(symbol)));
        }
        if (Describable.class.isAssignableFrom(wanted)) {
            return object(wanted, (Map<?, ?>) given);
        }
        boolean fits = (type == int.class && given instanceof Integer)
                || (type == boolean.class && given instanceof Boolean)
                || (type == String.class && given instanceof String);
        if (!fits) {
            throw new IllegalArgumentException(given + " is no " + type.getTypeName());
        }
        return given;
    }

    private Object object(Class<?> type, Map<?, ?> given) throws ReflectiveOperationException {
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
        bind(made, rest);
        return made;
    }

    private Class<?> kind(Class<?> wanted, String symbol) {
        return kinds.stream()
                .filter(wanted::isAssignableFrom)
                .filter(kind -> Arrays.stream(kind.getClasses())
                        .anyMatch(c -> c.isAnnotationPresent(Symbol.class)
                                && List.of(c.getAnnotation(Symbol.class).value())
                                        .contains(symbol)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + wanted.getSimpleName() + " '" + symbol + "'"));
    }
}
