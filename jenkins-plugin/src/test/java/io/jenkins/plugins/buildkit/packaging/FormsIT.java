package io.jenkins.plugins.buildkit.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import hudson.model.Descriptor;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Everything that a person can set in the built plugin has a field in a form, a help text and a way back. */
class FormsIT {
    /** Forms of Jenkins' own that ours inherit, and their fields. */
    private static final Map<String, Set<String>> INHERITED =
            Map.of("hudson.tools.ToolInstallation", Set.of("name", "home", "properties"));

    @TempDir
    private Path folder;

    private Hpi hpi;
    private List<Class<?>> configurable;

    @BeforeEach
    void open() throws IOException, ClassNotFoundException {
        hpi = Hpi.built(folder);
        configurable = new ArrayList<>();
        for (Class<?> type : hpi.classes()) {
            boolean configured = Descriptor.class.isAssignableFrom(type) && type.isAnnotationPresent(Extension.class);
            if (constructor(type) != null || (configured && !settable(type).isEmpty())) {
                configurable.add(type);
            }
        }
        assertThat(configurable).isNotEmpty();
    }

    @Test
    void everyParameterHasAFieldInItsForm() {
        assertThat(missing((type, name) -> fields(type).contains(name)
                        || (either(type, name) && fields(type).contains(name + "Attributes"))))
                .isEmpty();
    }

    @Test
    void everyFieldOfAFormIsAParameter() {
        Map<String, Set<String>> unknown = new TreeMap<>();
        for (Class<?> type : configurable) {
            Set<String> fields = fields(type);
            fields.removeAll(settable(type).keySet());
            fields.removeIf(field -> INHERITED.values().stream().anyMatch(f -> f.contains(field)));
            if (!fields.isEmpty()) {
                unknown.put(type.getName(), fields);
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void everyParameterHasAHelpText() {
        assertThat(missing((type, name) -> found(type, "help-" + name + ".html")))
                .isEmpty();
    }

    @Test
    void everyParameterCanBeReadBackAsItWasGiven() {
        assertThat(missing((type, name) -> isInherited(type, name)
                        || typeOfGetter(type, name).equals(settable(type).get(name))))
                .isEmpty();
    }

    @Test
    void whatTheBrowserAsksIsAskedByPost() throws ClassNotFoundException {
        for (Class<?> type : hpi.classes()) {
            if (!Descriptor.class.isAssignableFrom(type)) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && method.getName().matches("do[A-Z].*")) {
                    assertThat(Arrays.stream(method.getAnnotations())
                                    .map(a -> a.annotationType().getSimpleName()))
                            .as("%s.%s", type.getName(), method.getName())
                            .containsAnyOf("POST", "RequirePOST");
                }
            }
        }
    }

    @Test
    void everyListOfChoicesIsFilledByItsDescriptor() {
        Map<String, Set<String>> empty = new TreeMap<>();
        for (Class<?> type : configurable) {
            for (String field : choices(type)) {
                String filler =
                        "doFill" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1) + "Items";
                if (descriptors(type)
                        .noneMatch(d -> Arrays.stream(d.getMethods())
                                .anyMatch(m -> m.getName().equals(filler)))) {
                    empty.computeIfAbsent(type.getName(), t -> new TreeSet<>()).add(filler);
                }
            }
        }

        assertThat(empty).isEmpty();
    }

    /** Jenkins sends what a field holds under the field's name; a list that never hears of it loses it when it is saved. */
    @Test
    void aListOfChoicesIsAskedForWithWhatItsFieldHolds() throws ClassNotFoundException {
        for (Class<?> type : hpi.classes()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().matches("doFill\\w+Items")) {
                    String filled = method.getName().replaceAll("^doFill|Items$", "");
                    String field = filled.substring(0, 1).toLowerCase(Locale.ROOT) + filled.substring(1);
                    assertThat(Arrays.stream(method.getParameters())
                                    .filter(parameter -> parameter.isAnnotationPresent(QueryParameter.class))
                                    .map(Parameter::getName))
                            .as("%s.%s", type.getName(), method.getName())
                            .allMatch(field::equals);
                }
            }
        }
    }

    private interface Question {
        boolean holds(Class<?> type, String parameter);
    }

    /** A parameter that is true, false or, as another property, a text: the form has one field for both. */
    private static boolean either(Class<?> type, String name) {
        Map<String, Type> all = settable(type);
        return all.get(name) == Boolean.class && all.get(name + "Attributes") == String.class;
    }

    private static boolean isInherited(Class<?> type, String name) {
        Class<?> parent = type.getSuperclass();
        return parent != null
                && (INHERITED.getOrDefault(parent.getName(), Set.of()).contains(name) || isInherited(parent, name));
    }

    private static Stream<Class<?>> descriptors(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
                .filter(Descriptor.class::isAssignableFrom);
    }

    /** The parameters of which something does not hold; names that are kept for old pipelines only are left out. */
    private Set<String> missing(Question question) {
        Set<String> without = new TreeSet<>();
        for (Class<?> type : configurable) {
            for (String name : settable(type).keySet()) {
                if (!question.holds(type, name)) {
                    without.add(type.getName() + "." + name);
                }
            }
        }
        return without;
    }

    private static @Nullable Constructor<?> constructor(Class<?> type) {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)
                    && !Modifier.isAbstract(type.getModifiers())) {
                return constructor;
            }
        }
        return null;
    }

    /** Names and types of what can be set: parameters of the constructor, setters, fields. */
    private static Map<String, Type> settable(Class<?> type) {
        Map<String, Type> all = new TreeMap<>();
        Constructor<?> constructor = constructor(type);
        if (constructor != null) {
            for (Parameter parameter : constructor.getParameters()) {
                all.put(parameter.getName(), parameter.getParameterizedType());
            }
        }
        for (Method method : type.getMethods()) {
            if (marked(method.getAnnotations()) && method.getName().startsWith("set")) {
                all.put(property(method.getName().substring(3)), method.getGenericParameterTypes()[0]);
            }
        }
        for (Field field : type.getFields()) {
            if (marked(field.getAnnotations())) {
                all.put(field.getName(), field.getGenericType());
            }
        }
        return all;
    }

    private static boolean marked(Annotation[] annotations) {
        return Arrays.stream(annotations).anyMatch(DataBoundSetter.class::isInstance)
                && Arrays.stream(annotations).noneMatch(Deprecated.class::isInstance);
    }

    private static Type typeOfGetter(Class<?> type, String name) {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (Method method : type.getMethods()) {
            boolean getter =
                    method.getName().equals("get" + capital) || method.getName().equals("is" + capital);
            if (getter && method.getParameterCount() == 0) {
                return method.getGenericReturnType();
            }
        }
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(name))
                .map(Field::getGenericType)
                .findFirst()
                .orElse(void.class);
    }

    private static String property(String capital) {
        return capital.substring(0, 1).toLowerCase(Locale.ROOT) + capital.substring(1);
    }

    /** The fields of the forms of a class and of what it inherits. */
    private Set<String> fields(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            names.addAll(INHERITED.getOrDefault(c.getName(), Set.of()));
        }
        elements(type)
                .map(e -> e.getAttribute("field"))
                .filter(f -> !f.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** The fields that are lists of choices. */
    private Set<String> choices(Class<?> type) {
        Set<String> names = new TreeSet<>();
        elements(type).filter(e -> e.getLocalName().equals("select")).forEach(select -> {
            String own = select.getAttribute("field");
            boolean inEntry = own.isEmpty() && select.getParentNode() instanceof Element;
            names.add(inEntry ? ((Element) select.getParentNode()).getAttribute("field") : own);
        });
        names.remove("");
        return names;
    }

    private Stream<Element> elements(Class<?> type) {
        List<Element> all = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            String views = c.getName().replace('.', '/').replace('$', '/') + "/";
            hpi.own(".jelly").forEach((file, text) -> {
                if (file.startsWith(views) && file.substring(views.length()).matches("(config|global)[^/]*")) {
                    NodeList elements = ViewsIT.parse(text, file).getElementsByTagNameNS("*", "*");
                    for (int i = 0; i < elements.getLength(); i++) {
                        all.add((Element) elements.item(i));
                    }
                }
            });
        }
        return all.stream();
    }

    private boolean found(Class<?> type, String view) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            String file = c.getName().replace('.', '/').replace('$', '/') + "/" + view;
            if (hpi.own(view).containsKey(file)) {
                return true;
            }
            boolean jenkins = !hpi.own(".class").containsKey(c.getName().replace('.', '/') + ".class");
            if (jenkins && INHERITED.containsKey(c.getName())) {
                return INHERITED.get(c.getName()).stream().anyMatch(f -> view.equals("help-" + f + ".html"));
            }
        }
        return false;
    }
}
