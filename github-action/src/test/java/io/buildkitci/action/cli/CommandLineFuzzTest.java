package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.input.InputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person types: a documented exit code, words that help, and never a stack trace. */
class CommandLineFuzzTest {
    private static final int ROUNDS = 400;
    private static final Set<Integer> DOCUMENTED = Set.of(0, 1, 2, 3, 4);
    private static final List<String> VALUES = List.of(
            "",
            " ",
            ".",
            "app",
            "nowhere",
            "true",
            "maybe",
            "linux/amd64,linux/arm64",
            "plan9",
            "app:1",
            "Bad/App",
            "a=b",
            "=",
            "a=",
            "=b",
            "a=b,c=d",
            "\"a=b,c\"",
            "\"",
            "\"a\" b",
            "type=registry,ref=app",
            "type=local,dest=out",
            "type=gha",
            "type=",
            "type=s3,bucket",
            "local=cache",
            "registry",
            "inline",
            "none",
            "default",
            "default=key",
            "-",
            "--",
            "-1",
            "a\nb",
            "a\0b",
            "é☃\uD83D\uDE80",
            "\uD800",
            "%s%n",
            "${x}",
            "@file",
            "*",
            "..",
            "/",
            "a:b",
            "host:10.0.0.1",
            "[",
            "{a: b}",
            "- endpoint: x",
            "&a *a",
            "nofile=1:2",
            "256m",
            "check",
            "https://me:pw@x/y.git",
            "x".repeat(300),
            "1",
            "mode=max",
            "network.host",
            "docker",
            "remote",
            "docker-container",
            "tcp://x:1");
    private static final List<String> STRAYS = List.of(
            "-t",
            "-h=1",
            "-hx",
            "-help",
            "-tags",
            "-tags=app",
            "--",
            "-",
            "---",
            "--=",
            "--x",
            "--json=1",
            "--plan=",
            "=",
            "--no-such=flag",
            "-D",
            "-Dx=y",
            "",
            "--PUSH");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyLineEndsAsDocumented(long seed) throws InterruptedException {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            PlayedMachine machine = machine(random);
            List<String> line = line(random);

            Said said = machine.run(line);

            assertThat(said.exit()).as("%s\n%s", line, said.err()).isIn(DOCUMENTED);
            assertThat(said.err()).as("%s", line).doesNotContain("\tat io.", "Exception");
            assertThat(said.out() + said.err()).as("%s", line).isNotEmpty();
            assertThat(machine.files.paths())
                    .as("%s", line)
                    .contains("./Dockerfile", "app/Dockerfile")
                    .noneMatch(path -> path.startsWith("/run/buildkit-ci"));
        }
    }

    /** Those of the cache service work on the real disk and network, whatever machine is played: others test them. */
    private static List<Step> steps() {
        return CommandLineHost.steps().stream()
                .filter(step -> !step.table().step().startsWith("cache "))
                .toList();
    }

    private static PlayedMachine machine(Random random) {
        PlayedMachine machine = new PlayedMachine();
        machine.config(pick(random, VALUES) + ": " + pick(random, VALUES));
        for (InputSpec input : pick(random, steps()).table().specs()) {
            if (random.nextInt(12) == 0) {
                machine.with("BUILDKIT_CI_" + input.variable(), pick(random, VALUES));
            }
        }
        return random.nextInt(4) == 0 ? machine.failing("ERROR: " + pick(random, VALUES)) : machine;
    }

    private static List<String> line(Random random) {
        Step step = pick(random, steps());
        List<String> line = new ArrayList<>(List.of(step.table().step()));
        int words = random.nextInt(6);
        for (int i = 0; i < words; i++) {
            switch (random.nextInt(9)) {
                case 0 -> line.add(pick(random, VALUES));
                case 1 -> line.add(pick(random, STRAYS));
                case 2 -> line.addAll(List.of("--config", "ci.yaml"));
                case 3 ->
                    line.add(pick(random, List.of("--plan", "--json", "--help", "--config", "--json-file=report")));
                case 4 -> line.add("--" + pick(random, step.table().specs()).name());
                case 5, 6 -> line.add("--" + pick(random, step.table().specs()).name() + "=" + pick(random, VALUES));
                default -> {
                    line.add("--" + pick(random, step.table().specs()).name());
                    line.add(pick(random, VALUES));
                }
            }
        }
        return line;
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
