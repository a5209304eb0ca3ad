package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The branch decides the scope of a cache; it is seen there. */
class BranchesTest {
    private static final String HERE = Path.of("").toAbsolutePath().toString();

    private final PlayedMachine machine = new PlayedMachine();

    @ParameterizedTest
    @CsvSource({
        "GITHUB_REF_NAME=main, native-main",
        "GITHUB_HEAD_REF=topic GITHUB_REF_NAME=7-merge GITHUB_BASE_REF=main, native-topic native-main",
        "CI_COMMIT_REF_NAME=topic CI_DEFAULT_BRANCH=main, native-topic native-main",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=a CI_COMMIT_REF_NAME=b CI_MERGE_REQUEST_TARGET_BRANCH_NAME=c, native-a native-c",
        "BRANCH_NAME=PR-7 CHANGE_BRANCH=topic CHANGE_TARGET=main, native-topic native-main",
        "BITBUCKET_BRANCH=topic BITBUCKET_PR_DESTINATION_BRANCH=main, native-topic native-main",
        "CIRCLE_BRANCH=x, native-x",
        "DRONE_BRANCH=x, native-x",
        "BUILDKITE_BRANCH=x BUILDKITE_PULL_REQUEST_BASE_BRANCH=main, native-x native-main",
        "BUILD_SOURCEBRANCHNAME=x, native-x",
        "GITHUB_HEAD_REF= GITHUB_REF_NAME=main, native-main",
        "CI=true, native"
    })
    void theEnvironmentSaysIt(String variables, String scopes) throws InterruptedException {
        for (String variable : variables.split(" ", -1)) {
            machine.with(variable.replaceFirst("=.*", ""), variable.replaceFirst("^[^=]*=", ""));
        }

        assertThat(scopes(".")).isEqualTo(List.of(scopes.split(" ", -1)));
    }

    @Test
    void otherwiseTheCheckoutAroundTheContextDoes() throws InterruptedException {
        machine.files.with(HERE + "/.git/HEAD", "ref: refs/heads/topic\n");

        assertThat(scopes(".")).containsExactly("native-topic");
        assertThat(scopes("app")).containsExactly("native-topic");
        assertThat(scopes("https://github.com/o/r.git")).containsExactly("native-topic");
        assertThat(scopes("git@github.com:o/r.git")).containsExactly("native-topic");
    }

    @Test
    void aFurtherWorktreeIsOnItsOwnBranch() throws InterruptedException {
        machine.files
                .with(HERE + "/.git/HEAD", "ref: refs/heads/main\n")
                .with(HERE + "/.git/worktrees/w/HEAD", "ref: refs/heads/topic\n")
                .with(HERE + "/app/.git", "gitdir: " + HERE + "/.git/worktrees/w\n")
                .with(HERE + "/.git/modules/m/HEAD", "ref: refs/heads/module\n")
                .with(HERE + "/sub/.git", "gitdir: ../.git/modules/m\n")
                .with("sub/Dockerfile", "FROM scratch\n");

        assertThat(scopes("app")).containsExactly("native-topic");
        assertThat(scopes("sub")).containsExactly("native-module");
        assertThat(scopes(".")).containsExactly("native-main");
    }

    @Test
    void aCommitThatIsOnNoBranchHasNone() throws InterruptedException {
        machine.files.with(HERE + "/.git/HEAD", "0123456789abcdef0123456789abcdef01234567\n");

        assertThat(scopes(".")).containsExactly("native");
    }

    /** The scopes that are read, the build's own first. */
    private List<String> scopes(String context) throws InterruptedException {
        List<String> flags = Shown.of(machine.run("build-push", "--plan", "--cache", "gha", context))
                .flags();
        return flags.stream()
                .filter(flag -> flag.startsWith("type=gha,scope=") && !flag.contains("mode="))
                .map(flag -> flag.substring("type=gha,scope=".length()))
                .toList();
    }
}
