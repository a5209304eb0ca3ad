package io.buildkitci.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An engine in memory: answers as told, runs images that are functions from arguments to what they did. */
public final class FakeDockerEngine implements DockerEngine {
    private final Answer answer;
    private final Map<String, Function<List<String>, Ran>> images = new LinkedHashMap<>();
    private final List<List<String>> runs = new ArrayList<>();

    public FakeDockerEngine(Answer answer) {
        this.answer = answer;
    }

    /** One on Linux, with the containerd store. */
    public static FakeDockerEngine onLinux() {
        return new FakeDockerEngine(
                new Info("28.5.2", "Debian GNU/Linux 12", "linux", "x86_64", true, false, EngineProduct.DOCKER));
    }

    public static FakeDockerEngine unreachable(String reason) {
        return new FakeDockerEngine(new Unreachable(reason));
    }

    public FakeDockerEngine withImage(String image, Function<List<String>, Ran> program) {
        images.put(image, program);
        return this;
    }

    /** Image and arguments of each container that was asked for. */
    public List<List<String>> runs() {
        return List.copyOf(runs);
    }

    @Override
    public Answer info() {
        return answer;
    }

    @Override
    public Ran runPrivileged(String image, List<String> arguments) {
        List<String> run = new ArrayList<>(List.of(image));
        run.addAll(arguments);
        runs.add(run);
        if (answer instanceof Unreachable unreachable) {
            return new Ran(Optional.empty(), unreachable.reason());
        }
        return images.getOrDefault(image, a -> new Ran(Optional.empty(), image + ": not found"))
                .apply(arguments);
    }
}
