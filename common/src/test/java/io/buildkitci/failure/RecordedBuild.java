package io.buildkitci.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real build's stderr and exit status, from {@code resources/failures}. */
record RecordedBuild(String name, String driver, String buildx, int exit, List<String> stderr) {
    private static final Path FOLDER = Path.of("src/test/resources/failures");
    private static final Pattern FILE = Pattern.compile("(.+)-(docker|remote|container)-buildx-([\\d.]+)\\.stderr");
    private static final Pattern STEP_NAME =
            Pattern.compile("\\[(?:(linux/[\\w/]+) )?(?:([a-z][\\w-]*) )?\\d+/\\d+\\] .*");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<RecordedBuild> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(RecordedBuild::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RecordedBuild> read(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Stream.empty();
        }
        try {
            String exit = Files.readString(
                    Path.of(file.toString().replaceFirst("\\.stderr$", ".exit")), StandardCharsets.UTF_8);
            return Stream.of(new RecordedBuild(
                    name.group(1),
                    name.group(2),
                    name.group(3),
                    Integer.parseInt(exit.strip()),
                    Files.readAllLines(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Evidence evidence() {
        List<String> text = new ArrayList<>();
        Map<String, JsonNode> vertices = new LinkedHashMap<>();
        Map<String, StringBuilder> output = new LinkedHashMap<>();
        for (String line : stderr) {
            Optional<JsonNode> progress = progress(line);
            if (progress.isEmpty()) {
                text.add(line);
            }
            progress.ifPresent(message -> {
                message.path("vertexes")
                        .forEach(v -> vertices.put(v.get("digest").asText(), v));
                message.path("logs")
                        .forEach(log -> output.computeIfAbsent(
                                        log.get("vertex").asText(), digest -> new StringBuilder())
                                .append(new String(
                                        Base64.getDecoder()
                                                .decode(log.get("data").asText()),
                                        StandardCharsets.UTF_8)));
            });
        }
        List<FailedStep> failed = vertices.values().stream()
                .filter(v -> v.hasNonNull("error"))
                .map(v -> step(v, output.getOrDefault(v.get("digest").asText(), new StringBuilder())))
                .toList();
        return new Evidence(new Outcome.Exited(exit), false, failed, text, where());
    }

    private Evidence.Where where() {
        Driver known = driver.equals("docker") ? Driver.DOCKER : Driver.REMOTE;
        return new Evidence.Where("h-failure", Optional.of(known), Set.of());
    }

    private static FailedStep step(JsonNode vertex, StringBuilder output) {
        String name = vertex.get("name").asText();
        Matcher parts = STEP_NAME.matcher(name);
        boolean named = parts.matches();
        return new FailedStep(
                name,
                named ? Optional.ofNullable(parts.group(1)).flatMap(RecordedBuild::platform) : Optional.empty(),
                named ? Optional.ofNullable(parts.group(2)).filter(s -> !s.startsWith("stage-")) : Optional.empty(),
                vertex.get("error").asText(),
                output.toString().lines().toList());
    }

    private static Optional<Platform> platform(String text) {
        try {
            return Optional.of(Platform.parse(text));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> progress(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name + " on " + driver + ", buildx " + buildx;
    }
}
