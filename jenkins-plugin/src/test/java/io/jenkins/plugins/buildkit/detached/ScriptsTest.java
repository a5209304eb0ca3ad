package io.jenkins.plugins.buildkit.detached;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
    private static final List<String> NASTY = List.of(
            "plain",
            "two words",
            "it's",
            "\"quoted\"",
            "$HOME `id` $(id)",
            "a\nb",
            "",
            "*",
            "back\\slash",
            "ümlaut",
            "!x%y");

    @TempDir
    private Path temporary = Path.of("");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theShellScriptGivesEveryArgumentAndVariableAsItIsAndKeepsTheStatus(boolean elsewhere) throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("a dir with 'quotes' and ümlaut"));
        Path program = Files.writeString(
                directory.resolve("client"),
                "#!/bin/sh\nfor a in \"$@\"; do printf '[%s]' \"$a\"; done\nprintf '%s' \"$TOKEN\" >&2\npwd > \"$0.pwd\"\necho $$ > \"$0.pid\"\nexit 7\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String token = "s3cr3t 'with' \"quotes\"\nand $lines\n";
        Files.writeString(directory.resolve("environment"), ShellScript.environment(Map.of("TOKEN", token)));
        List<String> argv = new java.util.ArrayList<>(NASTY);
        argv.add(0, program.toString());
        Path there = Files.createDirectories(temporary.resolve("it's there"));
        Command command = elsewhere ? Command.of(argv).in("it's there") : Command.of(argv);
        Path script =
                Files.writeString(temporary.resolve("script.sh"), ShellScript.render(command, directory.toString()));

        Process shell = new ProcessBuilder("sh", "-xe", script.toString())
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();

        assertThat(Files.readString(directory.resolve("stdout"))).isEqualTo("[" + String.join("][", NASTY) + "]");
        assertThat(Files.readString(directory.resolve("trace"))).isEqualTo(token);
        assertThat(Files.readString(directory.resolve("exit"))).isEqualTo("7\n");
        assertThat(directory.resolve("environment")).doesNotExist();
        assertThat(Files.readString(directory.resolve("client.pwd"))).isEqualTo((elsewhere ? there : temporary) + "\n");
        assertThat(directory.resolve("pid")).hasSameTextualContentAs(directory.resolve("client.pid"));
        assertThat(said).doesNotContain("s3cr3t").doesNotContain("two words");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, \"plain\"",
                "two words, \"two words\"",
                "C:\\dir\\, \"C:\\dir\\\\\"",
                "say \"hi\", \"say \\\"hi\\\"\"",
                "a\\\"b, \"a\\\\\\\"b\""
            })
    void windowsArgumentsAreQuotedAsTheCRuntimeSplitsThem(String argument, String quoted) {
        assertThat(BatchScript.quoted(argument)).isEqualTo(quoted);
    }

    @Test
    void theBatchScriptEscapesWhatTheCommandProcessorWouldRead() {
        String script = BatchScript.render(
                Optional.of("my 5% app"),
                List.of("C:/buildx.exe", "--label", "a=\"b & c\" %PATH% ^"),
                "C:/agent/a job@tmp/50% x");

        assertThat(script)
                .contains("\r\ncd /d \"my 5%% app\"\r\n")
                .contains("^\"C:/buildx.exe^\" ^\"--label^\" ^\"a=\\^\"b ^& c\\^\" %%PATH%% ^^^\" < NUL")
                .contains("> \"C:\\agent\\a job@tmp\\50%% x\\stdout\" 2> \"C:\\agent\\a job@tmp\\50%% x\\trace\"")
                .endsWith("\\exit\" > NUL\r\n");
    }

    /** {@code echo 0> file} would redirect a stream and write nothing. */
    @Test
    void theBatchScriptWritesTheStatusWhateverItIs() {
        assertThat(BatchScript.render(Optional.empty(), List.of("C:/buildx.exe"), "C:/w")
                        .lines())
                .contains("> \"C:\\w\\exit.tmp\" echo %ERRORLEVEL%")
                .noneMatch(line -> line.contains("%>"));
    }

    @Test
    void onWindowsBuildArgumentsOfSeveralLinesAreHandedOverInVariables() {
        BatchScript.Client client = BatchScript.client(
                List.of("buildx", "--build-arg", "KEY=one\ntwo=2\r\n", "--build-arg", "LINE=1", "--label", "a=b"),
                name -> false);

        assertThat(client.argv())
                .containsExactly("buildx", "--build-arg", "KEY", "--build-arg", "LINE=1", "--label", "a=b");
        assertThat(client.environment()).isEqualTo(Map.of("KEY", "one\ntwo=2\r\n"));
        assertThat(BatchScript.obstacle(client.argv())).isEmpty();
    }

    @Test
    void aVariableThatIsThereIsLeftAlone() {
        List<String> argv = List.of("buildx", "--build-arg", "PATH=one\ntwo");

        assertThat(BatchScript.client(argv, "Path"::equalsIgnoreCase))
                .isEqualTo(new BatchScript.Client(argv, Map.of()));
    }

    @Test
    void whatTheCommandProcessorCannotTakeIsRefusedByName() {
        assertThat(BatchScript.obstacle(List.of("buildx", "--label", "b\nc")))
                .hasValueSatisfying(text -> assertThat(text).startsWith("a value of --label has several lines"));
        assertThat(BatchScript.obstacle(List.of("buildx", "--label", "b".repeat(8000))))
                .hasValueSatisfying(text -> assertThat(text).contains("8027 characters"));
        assertThat(BatchScript.obstacle(List.of("a", "b c"))).isEmpty();
    }
}
