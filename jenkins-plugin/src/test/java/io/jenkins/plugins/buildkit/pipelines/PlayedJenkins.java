package io.jenkins.plugins.buildkit.pipelines;

import com.lesfurets.jenkins.unit.MethodSignature;
import com.lesfurets.jenkins.unit.PipelineTestHelper;
import groovy.lang.Binding;
import groovy.lang.Closure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Jenkins in which pipelines run to their end without doing anything: Declarative's directives and the usual steps run
 * what they enclose, and the steps that are asked about are noted with their arguments. Any other step is an error.
 */
final class PlayedJenkins {
    private static final List<String> ENCLOSING = List.of(
            "pipeline",
            "stages",
            "stage",
            "steps",
            "script",
            "node",
            "agent",
            "environment",
            "options",
            "parameters",
            "when",
            "post",
            "always",
            "success",
            "failure",
            "cleanup",
            "axes",
            "parallel",
            "timeout",
            "retry",
            "dir",
            "withCredentials",
            "withEnv",
            "lock",
            "docker",
            "catchError",
            "ws");
    private static final List<String> PLAIN = List.of(
            "checkout",
            "echo",
            "sh",
            "bat",
            "label",
            "image",
            "archiveArtifacts",
            "buildDiscarder",
            "logRotator",
            "disableConcurrentBuilds",
            "string",
            "booleanParam",
            "usernamePassword",
            "file",
            "branch",
            "stash",
            "unstash",
            "readFile",
            "writeFile",
            "error",
            "junit",
            "failFast");

    private final PipelineTestHelper helper = new PipelineTestHelper();
    private final Binding binding = new Binding();
    private final Map<String, Object> environment = new HashMap<>();
    private final List<Called> calls = new ArrayList<>();
    private final Path folder;

    private final Map<String, List<String>> axes = new LinkedHashMap<>();
    private String axis = "";

    /** A step that a pipeline ran. */
    record Called(String step, Map<String, Object> arguments) {}

    /** What a step of ours returns to a pipeline. */
    interface Answer {
        @Nullable
        Object to(Map<String, Object> arguments);
    }

    PlayedJenkins(Path folder) throws Exception {
        this.folder = folder;
        environment.put("BUILD_NUMBER", "7");
        environment.put("BRANCH_NAME", "main");
        binding.setVariable("env", environment);
        binding.setVariable("currentBuild", new HashMap<>(Map.of("result", "SUCCESS")));
        binding.setVariable("params", new HashMap<>());
        binding.setVariable("scm", "the pipeline's own");
        binding.setVariable("any", "any");
        binding.setVariable("none", "none");
        ENCLOSING.forEach(name -> on(name, this::runEnclosed));
        PLAIN.forEach(name -> on(name, arguments -> null));
        on("axis", this::runEnclosed);
        on("name", arguments -> axis = arguments[0].toString());
        on(
                "values",
                arguments -> axes.put(
                        axis, Arrays.stream(arguments).map(Object::toString).toList()));
        on("matrix", this::matrix);
        helper.setScriptRoots(folder.toString());
        helper.setScriptExtension("groovy");
        helper.setBaseScriptRoot(folder.toString());
        helper.setBaseClassloader(getClass().getClassLoader());
        helper.setImports(Map.of());
    }

    /** Notes the calls of a step; what it encloses is run. */
    void step(String name, Answer answer) {
        on(name, arguments -> {
            Map<String, Object> named = new LinkedHashMap<>();
            if (arguments.length > 0 && arguments[0] instanceof Map<?, ?> map) {
                map.forEach((key, value) -> named.put(key.toString(), value));
            }
            calls.add(new Called(name, named));
            runEnclosed(arguments);
            return answer.to(named);
        });
    }

    List<Called> run(String name, String pipeline) throws IOException {
        String file = name.replaceAll("\\W", "_") + ".groovy";
        Files.writeString(folder.resolve(file), pipeline);
        helper.init();
        helper.runScript(file, binding);
        return List.copyOf(calls);
    }

    private @Nullable Object runEnclosed(Object[] arguments) {
        Object result = null;
        for (Object argument : arguments) {
            if (argument instanceof Closure<?> closure) {
                result = helper.callClosure(closure);
            } else if (argument instanceof Map<?, ?> branches) {
                for (Object branch : branches.values()) {
                    if (branch instanceof Closure<?> closure) {
                        result = helper.callClosure(closure);
                    }
                }
            }
        }
        return result;
    }

    /** Runs the stages once to learn the axes, which stand before them, and then for every combination. */
    private @Nullable Object matrix(Object[] arguments) {
        axes.clear();
        on("stages", ignored -> null);
        runEnclosed(arguments);
        on("stages", this::runEnclosed);
        for (Map<String, String> cell : combined(new ArrayList<>(axes.entrySet()))) {
            environment.putAll(cell);
            cell.forEach(binding::setVariable);
            runEnclosed(arguments);
        }
        return null;
    }

    private static List<Map<String, String>> combined(List<Map.Entry<String, List<String>>> axes) {
        List<Map<String, String>> cells = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes) {
            cells = cells.stream()
                    .flatMap(cell -> axis.getValue().stream().map(value -> {
                        Map<String, String> wider = new LinkedHashMap<>(cell);
                        wider.put(axis.getKey(), value);
                        return wider;
                    }))
                    .collect(Collectors.toList());
        }
        return cells;
    }

    private interface Body {
        @Nullable
        Object run(Object[] arguments);
    }

    /** A method of that name with any arguments, up to four. */
    private void on(String name, Body body) {
        for (int arity = 0; arity <= 4; arity++) {
            Class<?>[] any = new Class<?>[arity];
            Arrays.fill(any, Object.class);
            helper.registerAllowedMethod(new MethodSignature(name, any), new Any(this, body));
        }
    }

    /** A closure that hands its arguments on. */
    private static final class Any extends Closure<Object> {
        private static final long serialVersionUID = 1L;

        private final transient Body body;

        Any(Object owner, Body body) {
            super(owner);
            this.body = body;
        }

        @SuppressWarnings({"unused", "EffectivelyPrivate"}) // Groovy calls it
        public @Nullable Object doCall(Object... arguments) {
            return body.run(arguments == null ? new Object[0] : arguments);
        }
    }
}
