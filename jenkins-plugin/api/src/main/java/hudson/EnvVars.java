package hudson;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import jenkins.agents.ControllerToAgentCallable;

/** Variables of an environment; names differ by more than case. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;

    /** Of this process. */
    public static final Map<String, String> masterEnvVars = new EnvVars(System.getenv());

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> variables) {
        this();
        putAll(variables);
    }

    public EnvVars(EnvVars variables) {
        this((Map<String, String>) variables);
    }

    public EnvVars(String... namesAndValues) {
        this();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    @Override
    public String put(String name, String value) {
        if (value == null) {
            throw new IllegalArgumentException("no value for the variable " + name);
        }
        return super.put(name, value);
    }

    public String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /** An empty value removes the variable; {@code PATH+X} goes before what is in {@code PATH}. */
    public void override(String name, String value) {
        if (value == null || value.isEmpty()) {
            remove(name);
            return;
        }
        int plus = name.indexOf('+');
        if (plus <= 0) {
            put(name, value);
            return;
        }
        String target = name.substring(0, plus);
        String before = get(target);
        put(target, before == null ? value : value + File.pathSeparatorChar + before);
    }

    public EnvVars overrideAll(Map<String, String> variables) {
        variables.forEach(this::override);
        return this;
    }

    /** Overrides with references expanded; those that others refer to come first, those with a plus last. */
    public EnvVars overrideExpandingAll(Map<String, String> variables) {
        Set<String> order = new LinkedHashSet<>();
        List<String> extending = new ArrayList<>();
        for (String name : variables.keySet()) {
            if (name.indexOf('+') > 0) {
                extending.add(name);
            } else {
                follow(name, variables, order, new LinkedHashSet<>());
            }
        }
        order.addAll(extending);
        for (String name : order) {
            override(name, expand(variables.get(name)));
        }
        return this;
    }

    private static void follow(String name, Map<String, String> variables, Set<String> order, Set<String> on) {
        if (!variables.containsKey(name) || name.indexOf('+') > 0 || !on.add(name)) {
            return;
        }
        Util.replaceMacro(variables.get(name), reference -> {
            follow(reference, variables, order, on);
            return "";
        });
        order.add(name);
    }

    public String expand(String text) {
        return Util.replaceMacro(text, this);
    }

    public void addLine(String line) {
        int equals = line.indexOf('=');
        if (equals > 0) {
            put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    /** Marks processes, so that they are found again. */
    public static EnvVars createCookie() {
        return new EnvVars("HUDSON_COOKIE", UUID.randomUUID().toString());
    }

    /** Those of the process at the other end. */
    public static EnvVars getRemote(VirtualChannel channel) throws IOException, InterruptedException {
        return channel.call(new OfThatProcess());
    }

    private static final class OfThatProcess implements ControllerToAgentCallable<EnvVars, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public EnvVars call() {
            return new EnvVars(masterEnvVars);
        }
    }
}
