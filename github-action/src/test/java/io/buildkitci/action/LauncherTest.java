package io.buildkitci.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of {@code dist/*.cjs}, which Node runs: each is a test here. They are in {@code src/test/js}. */
class LauncherTest {
    private static final Path SOURCES = Path.of("src/test/js").toAbsolutePath();

    private record Ended(String outcome, String file, String name, String problem) {
        static Ended parse(String line) {
            List<String> words = Stream.of(line.split(" ", -1))
                    .map(word -> URLDecoder.decode(word, UTF_8))
                    .toList();
            return new Ended(words.get(0), words.get(1), words.get(2), words.get(3));
        }

        void check() {
            if (!outcome.equals("pass")) {
                fail("%s: %s%n%s", outcome, name, problem);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> launcher() throws IOException, InterruptedException {
        List<Ended> all = run(testFiles());
        assertThat(all).as("tests that Node ran").hasSizeGreaterThan(75);
        return all.stream().map(ended -> DynamicTest.dynamicTest(ended.name(), ended::check));
    }

    private static List<String> testFiles() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.cjs"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Ended> run(List<String> files) throws IOException, InterruptedException {
        Path results = Files.createTempFile("launcher", ".results");
        Path output = Files.createTempFile("launcher", ".output");
        List<String> command = new ArrayList<>(List.of(
                "node",
                "--test",
                "--test-reporter=" + SOURCES.resolve("reporter.cjs"),
                "--test-reporter-destination=" + results));
        command.addAll(files);
        ProcessBuilder node =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        node.environment().put("TEST_JAVA_HOME", System.getProperty("java.home"));
        node.environment().remove("NODE_EXTRA_CA_CERTS");
        Process process = start(node);
        try {
            int code = process.waitFor();
            List<Ended> all =
                    Files.readAllLines(results).stream().map(Ended::parse).toList();
            boolean failed = all.stream().anyMatch(ended -> !ended.outcome().equals("pass"));
            assertThat(code == 0 || failed)
                    .as("node ended with %s: %s", code, Files.readString(output))
                    .isTrue();
            return all;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(results);
            Files.delete(output);
        }
    }

    private static Process start(ProcessBuilder node) {
        try {
            return node.start();
        } catch (IOException e) {
            throw new AssertionError("the launcher is tested by Node 20 or newer; there is no 'node' on the PATH", e);
        }
    }
}
