package io.buildkitci.action.rehearsal;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A buildx that builds nothing and says at once what it says around a cached build for two platforms that is pushed, in
 * the form of buildx 0.36; builders come and go without a word. Every other command fails.
 */
final class ReplayedBuildx implements ProcessRunner {
    static final String BUILDER = "rehearsal";

    /** How buildx remembers the builder. */
    static final String STORED = """
            {"Name":"rehearsal","Driver":"docker-container",
             "Nodes":[{"Name":"rehearsal0","Endpoint":"unix:///var/run/docker.sock"}]}
            """;

    private static final String INSPECTED = """
            Name:          rehearsal
            Driver:        docker-container

            Nodes:
            Name:             rehearsal0
            Endpoint:         unix:///var/run/docker.sock
            Status:           running
            BuildKit version: v0.32.2
            Platforms:        linux/amd64, linux/amd64/v2, linux/386, linux/arm64
            """;

    private static final String DIGEST = "sha256:" + "e3b0c442".repeat(8);

    private static final String INDEX = """
            {"manifests":[
             {"digest":"DIGEST","platform":{"os":"linux","architecture":"amd64"}},
             {"digest":"DIGEST","platform":{"os":"linux","architecture":"arm64"}},
             {"digest":"DIGEST","platform":{"os":"unknown","architecture":"unknown"}}]}
            """.replace("DIGEST", DIGEST);

    private static final String METADATA = """
            {"containerimage.digest":"DIGEST","image.name":"localhost:5000/rehearsal:1",
             "containerimage.descriptor":{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"DIGEST"}}
            """.replace("DIGEST", DIGEST);

    /** A check's warning, a base image, a cached and a run step that writes, and an export that pushes. */
    private static final String PROGRESS = """
            {"warnings":[{"vertex":"sha256:1","level":1,"short":"U3R5bGU6IGEgd2FybmluZyAobGluZSAxKQ==","detail":["YQ=="],"url":"https://example.test","sourceInfo":{"filename":"Dockerfile","data":"","language":"Dockerfile"},"range":[{"start":{"line":1},"end":{"line":1}}]}]}
            {"vertexes":[{"digest":"sha256:1","name":"[linux/amd64 1/3] FROM docker.io/library/a:1@sha256:1","started":"2026-11-23T00:00:00.123456789Z"}]}
            {"vertexes":[{"digest":"sha256:1","name":"[linux/amd64 1/3] FROM docker.io/library/a:1@sha256:1","started":"2026-11-23T00:00:00.123456789Z","completed":"2026-11-23T00:00:00.223456789Z"}]}
            {"statuses":[{"id":"resolve docker.io/library/a:1","vertex":"sha256:1","current":1,"total":2,"timestamp":"2026-11-23T00:00:00.123456789Z","started":"2026-11-23T00:00:00.123456789Z","completed":"2026-11-23T00:00:00.223456789Z"}]}
            {"vertexes":[{"inputs":["sha256:1"],"digest":"sha256:2","name":"[linux/amd64 2/3] RUN true","started":"2026-11-23T00:00:00.223456789Z","completed":"2026-11-23T00:00:00.223456789Z","cached":true}]}
            {"vertexes":[{"inputs":["sha256:2"],"digest":"sha256:3","name":"[linux/amd64 3/3] RUN echo ok","started":"2026-11-23T00:00:00.223456789Z"}]}
            {"logs":[{"vertex":"sha256:3","stream":1,"data":"b2sK","timestamp":"2026-11-23T00:00:00.323456789Z"}]}
            {"vertexes":[{"inputs":["sha256:2"],"digest":"sha256:3","name":"[linux/amd64 3/3] RUN echo ok","started":"2026-11-23T00:00:00.223456789Z","completed":"2026-11-23T00:00:00.323456789Z"}]}
            {"vertexes":[{"inputs":["sha256:3"],"digest":"sha256:4","name":"exporting to image","started":"2026-11-23T00:00:00.323456789Z"}]}
            {"statuses":[{"id":"pushing manifest for localhost:5000/rehearsal:1@sha256:1","vertex":"sha256:4","current":0,"timestamp":"2026-11-23T00:00:00.423456789Z","started":"2026-11-23T00:00:00.323456789Z","completed":"2026-11-23T00:00:00.423456789Z"}]}
            {"vertexes":[{"inputs":["sha256:3"],"digest":"sha256:4","name":"exporting to image","started":"2026-11-23T00:00:00.323456789Z","completed":"2026-11-23T00:00:00.423456789Z"}]}
            """;

    @Override
    public Outcome run(Command command, LineListener output) {
        List<String> arguments = command.argv().subList(1, command.argv().size());
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (first) {
            case "build" -> {
                say(PROGRESS, Stream.ERR, output);
                writeMetadata(arguments);
            }
            case "imagetools" -> say(INDEX, Stream.OUT, output);
            case "inspect" -> say(INSPECTED, Stream.OUT, output);
            case "create", "use", "rm" -> {}
            case "version" -> say("github.com/docker/buildx v0.36.1 0000000\n", Stream.OUT, output);
            default -> {
                return new Outcome.Exited(1);
            }
        }
        return new Outcome.Exited(0);
    }

    private static void say(String text, Stream stream, LineListener output) {
        text.lines().forEach(line -> output.line(stream, line));
    }

    private static void writeMetadata(List<String> arguments) {
        int flag = arguments.indexOf("--metadata-file");
        try {
            Files.writeString(Path.of(arguments.get(flag + 1)), METADATA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
