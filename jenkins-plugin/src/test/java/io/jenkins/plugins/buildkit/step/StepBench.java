package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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

    /** What is measured. */
    private enum Row {
        BARE("shell, what a person writes"),
        SAME("shell, with the step's flags"),
        LOCAL("step, by the local launcher"),
        REMOTE("step, all over a connection");

        private final String words;

        Row(String words) {
            this.words = words;
        }
    }

    /** Of one build: seconds, and seconds of processor time. */
    private record Cost(double took, double controller, double agent) {}

    private StepBench(Path directory) throws Exception {
        this.directory = directory;
        this.environment = Agents.environment(directory.resolve("config"));
        this.environment.put("BUILDX_METADATA_WARNINGS", "true"); // as the step sets it
    }

    public static void main(String[] arguments) throws Throwable {
        int rounds = Integer.parseInt(arguments[0]);
        StepBench bench = new StepBench(Files.createTempDirectory("step-bench"));
        bench.compare("fully cached", "RUN true", rounds);
        bench.compare("silent for 12 s", "RUN sleep 12", Math.max(3, rounds / 5));
        System.exit(0);
    }

    private void compare(String what, String instruction, int rounds) throws Throwable {
        Path workspace = Files.createDirectories(PlayedPipeline.workspace(directory));
        Files.writeString(
                workspace.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nARG ROUND\n" + instruction + "\n");
        boolean cached = !instruction.contains("sleep");
        Map<Row, List<Cost>> costs = new EnumMap<>(Row.class);
        String crossed = "";
        // the first rounds are for the machine to get warm and to weigh what crosses
        for (int round = cached ? -5 : 0; round < rounds; round++) {
            for (Row row : Row.values()) {
                String argument = cached ? what : row + " " + System.nanoTime();
                Meter meter = new Meter(round == -1);
                Connection connection = new Connection(meter);
                double took = seconds(() -> build(row, argument, workspace, connection));
                if (round >= 0) {
                    costs.computeIfAbsent(row, first -> new ArrayList<>())
                            .add(new Cost(took, meter.controllerSeconds(), meter.agentSeconds()));
                } else if (row == Row.REMOTE) {
                    crossed = connection.calls + " calls to the agent and " + connection.callsBack + " back, "
                            + meter.there + " bytes there and " + meter.back + " back";
                }
            }
        }
        tell(what + ", " + rounds + " rounds, medians", costs);
        if (!crossed.isEmpty()) {
            System.out.println("over the connection: " + crossed);
        }
    }

    private void build(Row row, String argument, Path workspace, Connection connection) throws Throwable {
        String buildx = TESTBED.buildx().toString();
        String command = "exec \"$0\" build --builder testbed --build-arg \"ROUND=$1\" ";
        switch (row) {
            case BARE ->
                Agents.run(environment, "sh", "-c", command + "\"$2\"", buildx, argument, workspace.toString());
            case SAME ->
                Agents.run(
                        environment,
                        "sh",
                        "-c",
                        command + "--progress rawjson --metadata-file \"$3/metadata.json\" --iidfile \"$3/iid\" \"$2\"",
                        buildx,
                        argument,
                        workspace.toString(),
                        directory.toString());
            default ->
                new PlayedPipeline(
                                directory,
                                environment,
                                Steps.build(Map.of("builder", "testbed", "buildArgs", "ROUND=" + argument)),
                                connection,
                                row == Row.REMOTE)
                        .start()
                        .result();
        }
    }

    private static void tell(String heading, Map<Row, List<Cost>> costs) {
        System.out.printf(
                "%-32s %8s %8s %8s %8s %12s %8s%n", heading, "s", "ratio", "+ bare", "+ same", "controller", "agent");
        double bare = took(costs.getOrDefault(Row.BARE, List.of()));
        double same = took(costs.getOrDefault(Row.SAME, List.of()));
        costs.forEach((row, all) -> {
            double took = took(all);
            boolean step = row == Row.LOCAL || row == Row.REMOTE;
            System.out.printf(
                    "%-32s %8.3f %8.2f %+8.3f %+8.3f", row.words, took, took / bare, took - bare, took - same);
            System.out.println(
                    step
                            ? String.format(
                                    " %8.3f CPU %8.3f",
                                    median(all.stream().map(Cost::controller).toList()),
                                    median(all.stream().map(Cost::agent).toList()))
                            : "");
        });
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

    private static double took(List<Cost> costs) {
        return median(costs.stream().map(Cost::took).toList());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }
}
