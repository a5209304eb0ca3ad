package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.job.Job;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.model.BuildRequest.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileSpotsTest {
    private static final String OWN = "https://github.example/octo/app.git";

    private static DockerfileSpots spots(String context, String file) {
        Job job = Job.from(
                Map.of(
                        "GITHUB_SERVER_URL", "https://github.example",
                        "GITHUB_REPOSITORY", "octo/app",
                        "GITHUB_WORKSPACE", "/home/runner/work/app"),
                path -> Optional.empty());
        Optional<String> given = Optional.of(file).filter(f -> !f.isEmpty());
        return DockerfileSpots.of(
                new Source(context, given, Optional.empty(), List.of(), List.of(), Optional.empty()), job);
    }

    @ParameterizedTest
    @CsvSource({
        ".,                                    '',                                    Dockerfile",
        "app,                                  '',                                    app/Dockerfile",
        "./app/../app/,                        '',                                    app/Dockerfile",
        "/home/runner/work/app/sub,            '',                                    sub/Dockerfile",
        "app,                                  docker/prod.Dockerfile,                docker/prod.Dockerfile",
        "app,                                  ./docker/../prod.Dockerfile,           prod.Dockerfile",
        "/elsewhere,                           /home/runner/work/app/docker/prod,     docker/prod",
        "app,                                  docker\\prod.Dockerfile,               docker/prod.Dockerfile",
        OWN + ",                               '',                                    Dockerfile",
        OWN + "#c0ffee,                        '',                                    Dockerfile",
        OWN + "#c0ffee:sub/dir,                '',                                    sub/dir/Dockerfile",
        OWN + "#c0ffee:sub,                    ../docker/prod.Dockerfile,             docker/prod.Dockerfile",
        OWN + "#refs/heads/main:/sub/,         /prod.Dockerfile,                      sub/prod.Dockerfile",
        OWN + "?ref=c0ffee&subdir=sub,         '',                                    sub/Dockerfile",
        OWN + "?ref=c0ffee,                    docker\\prod.Dockerfile,               docker/prod.Dockerfile",
    })
    void aDockerfileOfTheRepositoryHasItsPlaceInIt(String context, String file, String place) {
        assertThat(spots(context, file).dockerfile()).contains(place);
    }

    @ParameterizedTest
    @CsvSource({
        "/elsewhere,                           ''",
        "..,                                   ''",
        ".,                                    ../Dockerfile",
        ".,                                    /etc/Dockerfile",
        "/home/runner/work/apple,              ''",
        ".,                                    https://raw.example/octo/app/main/Dockerfile",
        "https://github.example/octo/other.git#c0ffee, ''",
        OWN + "x#c0ffee,                       ''",
        "https://github.example/octo/app.github#c0ffee, ''",
        "git@github.example:octo/app.git,      ''",
        "https://files.example/app.tar.gz,     ''",
        OWN + "#c0ffee:sub,                    ../../Dockerfile",
    })
    void aDockerfileFromElsewhereHasNone(String context, String file) {
        assertThat(spots(context, file).dockerfile()).isEmpty();
        assertThat(spots(context, file).of("Dockerfile", 3)).isEqualTo(Spot.NONE);
    }

    @Test
    void aPathThatNoneCanBeHasNoPlace() {
        assertThat(spots(".", "a\u0000b").dockerfile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "prod.Dockerfile, true",
        "docker/prod.Dockerfile, true",
        "docker\\prod.Dockerfile, true",
        "Dockerfile, false",
        "other/Dockerfile, false"
    })
    void onlyTheDockerfileItselfIsPointedAt(String named, boolean same) {
        Spot spot = spots(".", "docker/prod.Dockerfile").of(named, 7);

        assertThat(spot).isEqualTo(same ? new Spot("docker/prod.Dockerfile", 7) : Spot.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void noSpotLeadsOutOfTheRepository(int seed) {
        Random random = new Random(seed);
        List<String> pieces = List.of(
                OWN,
                "..",
                "/",
                "\\\\",
                ".",
                "\u0000",
                "\n",
                "#main:",
                "?subdir=",
                "&subdir=..",
                "é",
                " ",
                "Dockerfile",
                "://",
                "/home/runner/work/app",
                "$(id)",
                "-");
        for (int i = 0; i < 1000; i++) {
            StringBuilder context = new StringBuilder();
            StringBuilder file = new StringBuilder();
            for (int piece = random.nextInt(7); piece > 0; piece--) {
                context.append(pieces.get(random.nextInt(pieces.size())));
                file.append(pieces.get(random.nextInt(pieces.size())));
            }
            Spot spot = spots(context.toString(), file.toString()).of(file.toString(), random.nextInt());

            assertThat(spot.file()).as("%s, %s", context, file).doesNotStartWith("/");
            assertThat(List.of(spot.file().split("[/\\\\]", -1))).doesNotContain("..");
        }
    }
}
