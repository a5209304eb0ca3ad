package io.buildkitci.build;

import io.buildkitci.input.Problem;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.BakePlan;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Lets buildx read a definition with everything that is asked for in it, before anything is built. */
record BakeCheck(ProcessRunner processes, BakePlan plan, Redactor redactor) {
    /** A definition may have to be fetched. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final String ERROR = "ERROR: ";
    private static final int MOST_LINES = 12;
    private static final Pattern OF_SET = Pattern.compile(
            "could not find any target matching.*|unknown key.*|invalid key.*|" + "invalid override.*", Pattern.DOTALL);
    private static final Pattern OF_TARGETS = Pattern.compile("failed to find target.*", Pattern.DOTALL);

    /** What buildx printed, with all credentials that are in it, or what is wrong. */
    record Printed(String json, List<Problem> problems) {
        Printed {
            problems = List.copyOf(problems);
        }
    }

    Printed print() throws InterruptedException {
        List<Problem> problems = new ArrayList<>(unknownVariables());
        StandIns standIns = StandIns.of(plan.request());
        ProcessRunner.Captured said = run(plan.printing(), standIns);
        if (said.succeeded()) {
            problems.addAll(standIns.usedIn(said.out()));
            return new Printed(said.out(), problems);
        }
        problems.add(problem(said));
        return new Printed("{}", problems);
    }

    private ProcessRunner.Captured run(List<String> argv, StandIns standIns) throws InterruptedException {
        Command command = command(argv, plan);
        Map<String, String> environment = new TreeMap<>(command.environment());
        environment.putAll(standIns.variables());
        return processes.capture(command.withEnvironment(environment).within(LONGEST));
    }

    /** Where the definition is, and with its variables. */
    static Command command(List<String> argv, BakePlan plan) {
        Command command = Command.of(argv).withEnvironment(plan.environment());
        return plan.request().what().directory().map(command::in).orElse(command);
    }

    /** buildx takes a variable that there is not without a word. Compose files have none of their own to compare with. */
    private List<Problem> unknownVariables() throws InterruptedException {
        BakeRequest.Definition what = plan.request().what();
        if (what.variables().isEmpty()) {
            return List.of();
        }
        ProcessRunner.Captured said = run(plan.listingVariables(), new StandIns(Map.of()));
        TreeSet<String> known = new TreeSet<>();
        PlainJson.parse("{\"variables\":" + said.out() + "}")
                .objects("variables")
                .forEach(variable -> known.add(variable.text("name")));
        List<Problem> problems = new ArrayList<>();
        for (Setting variable : what.variables()) {
            if (said.succeeded() && !known.isEmpty() && !known.contains(variable.name())) {
                problems.add(new Problem(
                        "vars",
                        variable.name(),
                        "the definition has no such variable; it has " + String.join(", ", known)));
            }
        }
        return problems;
    }

    private Problem problem(ProcessRunner.Captured said) {
        List<String> lines = redactor.redact(said.err())
                .lines()
                .filter(line -> !line.matches("#\\d+ .*") && !line.isBlank())
                .toList();
        Optional<String> error = lines.stream()
                .filter(line -> line.startsWith(ERROR))
                .reduce((first, last) -> last)
                .map(line -> line.substring(ERROR.length()));
        String text =
                error.orElseGet(() -> said.err().isBlank() ? said.outcome().toString() : String.join("\n", lines));
        List<String> place =
                lines.stream().filter(line -> !line.startsWith(ERROR)).toList();
        String shown = String.join("\n", place.subList(Math.max(0, place.size() - MOST_LINES), place.size()));
        return new Problem(inputOf(text), "", text + (shown.isEmpty() || error.isEmpty() ? "" : "\n" + shown));
    }

    private static String inputOf(String error) {
        if (OF_SET.matcher(error).matches()) {
            return "set";
        }
        return OF_TARGETS.matcher(error).matches() ? "targets" : "files";
    }
}
