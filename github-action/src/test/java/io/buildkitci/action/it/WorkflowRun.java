package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a runner said of a workflow that has ended. */
record WorkflowRun(int exit, List<Line> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BUILDER = Pattern.compile("creating container buildx_buildkit_(\\S+)0(?=\\s|$)");

    WorkflowRun {
        lines = List.copyOf(lines);
    }

    /**
     * A line of the log.
     *
     * @param stage {@code Main} or {@code Post}
     * @param result {@code success} or {@code failure} on the line that closes a step; otherwise empty
     * @param command the workflow command that the runner read from it, if any
     * @param data of that command
     * @param printed by the step, and not by the runner
     */
    record Line(
            String step, String stage, String result, String command, JsonNode data, boolean printed, String text) {}

    /** From act's {@code --json}. */
    static WorkflowRun from(Said said) {
        List<Line> lines = said.out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(WorkflowRun::line)
                .toList();
        return new WorkflowRun(said.exit(), lines);
    }

    private static Line line(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new Line(
                    node.path("step").asText(""),
                    node.path("stage").asText(""),
                    node.path("stepResult").asText(""),
                    node.path("command").asText(""),
                    node,
                    node.path("raw_output").asBoolean(),
                    node.path("msg").asText("").stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code Main OWNER/REPO/build-push@v1: success}, in order, of every step that uses one of our actions. */
    List<String> results() {
        return lines.stream()
                .filter(line -> !line.result().isEmpty() && line.step().startsWith("OWNER/REPO"))
                .map(line -> line.stage() + " " + line.step() + ": " + line.result())
                .toList();
    }

    /** What the commands of a name were given, such as the titles of groups. */
    List<String> commands(String name) {
        return lines.stream()
                .filter(line -> line.command().equals(name))
                .map(line -> line.data().path("arg").asText())
                .toList();
    }

    /** What steps printed, as the runner shows it. */
    String printed() {
        return String.join(
                "\n", lines.stream().filter(Line::printed).map(Line::text).toList());
    }

    /** The whole log as people read it. */
    String log() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }

    /** Builders whose container was made, as buildx tells of it. */
    Set<String> builders() {
        Set<String> names = new TreeSet<>();
        BUILDER.matcher(log()).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Override
    public String toString() {
        return "exit " + exit + "\n" + log();
    }
}
