package io.jenkins.plugins.buildkit.step;

import com.sun.management.OperatingSystemMXBean;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the step costs around a fully cached build, and how late the end of a silent one is noticed: against the same
 * command in a shell, alternating in one run. Run by {@code bench/jenkins}.
 */
final class StepBench {
    private static final Testbed TESTBED = Testbed.here();

    private final Path directory;
    private final EnvVars environment;

    private StepBench(Path directory) throws Exception {
        this.directory = directory;
        this.environment = Agents.environment(directory.resolve("config"));
    }

    public static void main(String[] arguments) throws Throwable {
        int rounds = Integer.parseInt(arguments[0]);
        StepBench bench = new StepBench(Files.createTempDirectory("step-bench"));
        bench.compare("fully cached", "RUN true", rounds);
        bench.compare("silent for 12 s", "RUN sleep 12", Math.max(2, rounds / 5));
        System.exit(0);
    }

    private void compare(String what, String instruction, int rounds) throws Throwable {
        boolean silent = instruction.contains("sleep");
        List<Double> shell = new ArrayList<>();
        List<Double> step = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        String crossed = "";
        for (int round = -1; round < rounds; round++) {
            Path workspace = Files.createDirectories(PlayedPipeline.workspace(directory));
            Files.writeString(
                    workspace.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nARG ROUND\n" + instruction + "\n");
            String first = silent ? what + "shell" + System.nanoTime() : what;
            String second = silent ? what + "step" + System.nanoTime() : what;
            double inShell = seconds(() -> Agents.run(
                    environment,
                    "sh",
                    "-c",
                    "exec \"$0\" build --builder testbed --build-arg \"ROUND=$1\" \"$2\"",
                    TESTBED.buildx().toString(),
                    first,
                    workspace.toString()));
            PlayedPipeline pipeline = new PlayedPipeline(
                    directory, environment, Steps.build(Map.of("builder", "testbed", "buildArgs", "ROUND=" + second)));
            long before = cpuNanos();
            double inStep = seconds(() -> pipeline.start().result());
            if (round >= 0) { // the first is for the machine to get warm
                shell.add(inShell);
                step.add(inStep);
                cpu.add((cpuNanos() - before) / 1e9);
            }
            crossed = pipeline.connection().calls + " calls to the agent, " + pipeline.connection().callsBack
                    + " back with " + pipeline.connection().bytesBack + " bytes";
        }
        double late = median(step) - median(shell);
        System.out.printf(
                "%-16s shell %.3f s, step %.3f s: %+.3f s, ratio %.2f; controller and agent %.3f s of CPU; %s%n",
                what, median(shell), median(step), late, median(step) / median(shell), median(cpu), crossed);
    }

    /** Something that takes time. */
    private interface Work {
        void run() throws Throwable;
    }

    private static double seconds(Work work) throws Throwable {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }
}
