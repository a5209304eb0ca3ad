package io.buildkitci.plan;

import java.util.stream.Stream;

/** What the build may see of the caller's secrets and keys. */
final class HandedRows {
    private static final String LONG = "hunter2 ".repeat(4000);

    private HandedRows() {}

    static Stream<Row> all() {
        return Stream.of(
                Row.of("a secret's value", "secrets", "npm=hunter2=,\"")
                        .flags("--secret", "id=npm,env=BUILDKIT_CI_SECRET_0")
                        .variable("BUILDKIT_CI_SECRET_0", "hunter2=,\""),
                Row.of("values of several lines", "secrets", "\"key=one\ntwo\n\"\n\"b=say \"\"x\"\"\"")
                        .flags(
                                "--secret",
                                "id=key,env=BUILDKIT_CI_SECRET_0",
                                "--secret",
                                "id=b,env=BUILDKIT_CI_SECRET_1")
                        .variable("BUILDKIT_CI_SECRET_0", "one\ntwo\n")
                        .variable("BUILDKIT_CI_SECRET_1", "say \"x\""),
                Row.of("a value that is too long for a variable", "secrets", "big=" + LONG)
                        .flags("--secret", "id=big,src=/run/w/secret-0")
                        .file("secret-0", LONG),
                Row.of("secrets of the environment", "secret-envs", "npm=NPM_TOKEN, v=VERSION")
                        .flags("--secret", "id=npm,env=NPM_TOKEN", "--secret", "id=v,env=VERSION"),
                Row.of("a secret file", "secret-files", "netrc=/home/p/.netrc")
                        .flags("--secret", "id=netrc,src=/home/p/.netrc"),
                Row.of("a secret file with a comma in its path", "secret-files", "key=keys,old/id")
                        .flags("--secret", "id=key,\"src=keys,old/id\""),
                Row.of(
                                "every kind of secret",
                                "secret-files",
                                "f=/home/p/.netrc",
                                "secrets",
                                "v=hunter2",
                                "secret-env",
                                "e=VERSION")
                        .flags(
                                "--secret",
                                "id=v,env=BUILDKIT_CI_SECRET_0",
                                "--secret",
                                "id=e,env=VERSION",
                                "--secret",
                                "id=f,src=/home/p/.netrc")
                        .variable("BUILDKIT_CI_SECRET_0", "hunter2"),
                Row.of("an agent", "ssh", "default").flags("--ssh", "default"),
                Row.of("keys", "ssh", "default=/home/p/.ssh/id_a,\"git=/home/p/.ssh/id_a,/home/p/.ssh/id_b\"")
                        .flags(
                                "--ssh",
                                "default=/home/p/.ssh/id_a",
                                "--ssh",
                                "git=/home/p/.ssh/id_a,/home/p/.ssh/id_b"));
    }
}
