package io.buildkitci.plan;

import java.util.stream.Stream;

/** What is built. */
final class SourceRows {
    private SourceRows() {}

    static Stream<Row> all() {
        return Stream.of(
                Row.of("nothing but a Dockerfile"),
                Row.of("a context", "context", "app").context("app"),
                Row.of("a context that looks like a flag", "context", "-odd").context("./-odd"),
                Row.of("a git context", "context", "https://github.com/o/r.git#main:sub")
                        .context("https://github.com/o/r.git#main:sub"),
                Row.of("a Dockerfile elsewhere", "file", "docker/app.Dockerfile")
                        .flags("--file", "docker/app.Dockerfile"),
                Row.of("a Dockerfile by its other name", "dockerfile", "docker/app.Dockerfile")
                        .flags("--file", "docker/app.Dockerfile"),
                Row.of("a stage", "target", "runtime").flags("--target", "runtime"),
                Row.of("one platform", "platforms", "linux/amd64").flags("--platform", "linux/amd64"),
                Row.of("platforms of several spellings", "platforms", "amd64, linux/i386\n")
                        .flags("--platform", "linux/amd64,linux/386"),
                Row.of(
                                "build arguments with commas, quotes and equals signs",
                                "build-args",
                                "A=1,2\nB=say \"x\"\nC=d=e")
                        .flags("--build-arg", "A=1,2", "--build-arg", "B=say \"x\"", "--build-arg", "C=d=e"),
                Row.of("a build argument of two lines", "build-args", "\"A=1\n2\"\nB=3")
                        .flags("--build-arg", "A=1\n2", "--build-arg", "B=3"),
                Row.of("an empty build argument", "build-args", "A=").flags("--build-arg", "A="),
                Row.of("a build argument from the environment", "build-args", "VERSION")
                        .flags("--build-arg", "VERSION=1.2.3"),
                Row.of("a build argument twice", "build-args", "A=1\nB=2\nA=3")
                        .flags("--build-arg", "B=2", "--build-arg", "A=3"),
                Row.of("further contexts", "build-contexts", "lib=lib dir\nbase=docker-image://alpine:3.22")
                        .flags("--build-context", "lib=lib dir", "--build-context", "base=docker-image://alpine:3.22"),
                Row.of("a check instead of a build", "call", "check").flags("--call", "check,format=json"),
                Row.of("a call with its format", "call", "outline,format=json").flags("--call", "outline,format=json"),
                Row.of("a token that is the action's own business", "github-token", "hunter2hunter2"),
                Row.of("a summary that is the action's own business", "summary", "false"));
    }
}
