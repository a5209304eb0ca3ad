package io.jenkins.plugins.buildkit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.thoughtworks.xstream.XStream;
import hudson.model.Item;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildkitActionTest {
    @TempDir
    Path directory;

    @Test
    void theSectionTellsWhatWasMade() throws IOException {
        Summary summary = add(build(), ImageBuilds.pushed("1")).getSummary();

        assertThat(summary.getResult()).isEqualTo("built");
        assertThat(summary.getTime()).isEqualTo("3 min 05 s");
        assertThat(summary.getDigest()).isEqualTo(ImageBuilds.DIGEST);
        assertThat(summary.getPullCommand()).isEqualTo("docker pull registry.example/app@" + ImageBuilds.DIGEST);
        assertThat(summary.getTags()).containsExactly("registry.example/app:1");
        assertThat(summary.getPlatforms())
                .extracting(BuiltPlatform::getName, BuiltPlatform::getDigest, BuiltPlatform::getRan)
                .containsExactly(
                        tuple("linux/amd64", "", "native"),
                        tuple("linux/arm64", ImageBuilds.ARM_DIGEST, "emulated by /usr/bin/qemu-aarch64"));
        assertThat(summary.getCounted()).isEqualTo("12 steps: 9 cached (75 %), 3 run.");
        assertThat(summary.getShares())
                .singleElement()
                .satisfies(share ->
                        assertThat(share.getWhat() + " " + share.getTime()).isEqualTo("RUN 31.2 s"));
    }

    @Test
    void theSectionOfAFailureTellsWhyAndWhatToDo() throws IOException {
        Summary summary =
                add(build(), ImageBuilds.failed("make exited with code 2")).getSummary();

        assertThat(summary.getResult()).isEqualTo("failed");
        assertThat(summary.getFailure()).isEqualTo("make exited with code 2");
        assertThat(summary.getFailureCode()).isEqualTo("step-failed");
        assertThat(summary.getPlace()).isEqualTo("Dockerfile:12");
        assertThat(summary.getAdvice()).isEqualTo("Read the step's last lines and correct it.");
        assertThat(summary.getDigest()).isEmpty();
    }

    @Test
    void severalOfOneBuildAreNumberedAndOnlyTheFirstIsInTheSidePanel() throws IOException {
        KeptBuild build = build();

        List<BuildkitAction> actions = List.of(
                add(build, ImageBuilds.pushed("1")),
                add(build, ImageBuilds.failed("x")),
                add(build, ImageBuilds.pushed("3")));

        assertThat(actions)
                .extracting(BuildkitAction::getUrlName)
                .containsExactly("buildkit", "buildkit-2", "buildkit-3");
        assertThat(actions).extracting(BuildkitAction::getIconFileName).containsExactly("symbol-cube", null, null);
        assertThat(actions.get(1).getSiblings()).isEqualTo(actions);
        assertThat(actions.get(2).getArticle()).contains("registry.example/app:3");
        assertThat(build.saved()).isEqualTo(3);
    }

    @Test
    void everyTargetOfADefinitionHasItsSectionAndIsKnownByItsNameAfterARestart() throws IOException {
        KeptBuild build = build();
        add(build, ImageBuilds.pushed("1"));
        BuildkitAction.add(build, ImageBuilds.baked("web", "s3cr3t-api"), Redactor.of(List.of("s3cr3t")));

        List<BuildkitAction> actions = build.getActions(BuildkitAction.class);
        assertThat(actions)
                .extracting(BuildkitAction::getUrlName, BuildkitAction::getLabel)
                .containsExactly(tuple("buildkit", "1"), tuple("buildkit-2", "web"), tuple("buildkit-3", "***-api"));
        assertThat(actions.get(1).getArticle()).contains("<code>web</code>", "web was not built");
        assertThat(actions.get(2).getSummary().getFailure()).isEqualTo("***-api was not built");
        assertThat(build.saved()).isEqualTo(2);
        assertThat(afterARestart(actions.get(1), build).getTarget()).isEqualTo("web");
        assertThat(afterARestart(actions.get(0), build).getTarget()).isEmpty();
    }

    private static BuildkitAction afterARestart(BuildkitAction before, KeptBuild build) {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.buildkit.**"});
        BuildkitAction after = (BuildkitAction) xstream.fromXML(xstream.toXML(before));
        after.onLoad(build);
        return after;
    }

    @Test
    void branchesThatEndAtTheSameTimeGetNumbersOfTheirOwn() throws Exception {
        KeptBuild build = build();
        ExecutorService branches = Executors.newFixedThreadPool(8);
        try {
            List<Future<BuildkitAction>> ended = new ArrayList<>();
            IntStream.range(0, 40)
                    .forEach(i -> ended.add(branches.submit(() -> add(build, ImageBuilds.pushed("t" + i)))));
            for (int i = 0; i < 40; i++) {
                assertThat(ended.get(i).get().getArticle()).contains("registry.example/app:t" + i + "<");
            }
        } finally {
            branches.shutdown();
        }
        assertThat(build.getActions(BuildkitAction.class))
                .extracting(BuildkitAction::getNumber)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTheSameAfterARestart(boolean built) throws IOException {
        KeptBuild build = build();
        BuildReport report = built ? ImageBuilds.pushed("1") : ImageBuilds.failed("<x>&\u00e9");
        BuildkitAction before = add(build, report);
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.buildkit.**"});
        String xml = xstream.toXML(before);

        BuildkitAction after = (BuildkitAction) xstream.fromXML(xml);
        after.onLoad(build);

        assertThat(after.getSummary()).usingRecursiveComparison().isEqualTo(before.getSummary());
        assertThat(after.getUrlName()).isEqualTo("buildkit");
        assertThat(after.getArticle()).isEqualTo(before.getArticle());
        assertThat(xml).doesNotContain(directory.toString(), "KeptBuild", "record");
    }

    @Test
    void aSecretIsNowhere() throws IOException {
        KeptBuild build = build();
        Redactor redactor = Redactor.of(List.of("hunter<&>22"));

        BuildkitAction action = BuildkitAction.add(
                build,
                ImageBuilds.failed("said hunter<&>22 aloud"),
                Optional.of(ImageBuilds.trace("RUN echo hunter<&>22")),
                redactor);

        assertThat(action.getSummary().getFailure()).isEqualTo("said *** aloud");
        assertThat(action.getArticle()).doesNotContain("hunter").contains("Said *** aloud");
        assertThat(get(action, "report.json", Map.of()).body())
                .doesNotContain("hunter")
                .contains("said *** aloud");
        assertThat(get(action, "trace.json", Map.of()).body())
                .doesNotContain("hunter")
                .contains("RUN echo ***");
    }

    @Test
    void nothingIsKeptBesideWhatIsServed() throws IOException {
        BuildkitAction.add(
                build(), ImageBuilds.pushed("1"), Optional.of(ImageBuilds.trace("RUN true")), Redactor.of(List.of()));

        try (Stream<Path> kept = Files.list(directory.resolve("buildkit/1"))) {
            assertThat(kept.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("article.html", "report.json", "trace.json");
        }
    }

    @Test
    void filesAreServedOnceAndThenKnown() throws IOException {
        KeptBuild build = build();
        BuildkitAction action = add(build, ImageBuilds.pushed("1"));

        Exchange first = get(action, "report.json", Map.of());
        String tag = first.headers.get("ETag");
        Exchange second = get(action, "report.json", Map.of("If-None-Match", tag));

        assertThat(first.status).isEqualTo(200);
        assertThat(first.body()).startsWith("{").contains("\"outcome\" : \"built\"");
        assertThat(first.headers)
                .containsEntry("Content-Type", "application/json;charset=UTF-8")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Length", Integer.toString(first.body().length()));
        assertThat(second.status).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(build.asked()).containsExactly(Item.READ, Item.READ);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'%s'            | 304",
                "'W/%s'          | 304",
                "'\"x\", %s'     | 304",
                "'*'             | 304",
                "'\"x\"'         | 200",
                "''              | 200"
            })
    void knowsItsTagInWhateverFormItComesBack(String header, int status) throws IOException {
        BuildkitAction action = add(build(), ImageBuilds.pushed("1"));
        String tag = get(action, "report.json", Map.of()).headers.get("ETag");

        assertThat(get(action, "report.json", Map.of("If-None-Match", header.replace("%s", tag))).status)
                .isEqualTo(status);
    }

    @Test
    void aHeadRequestHasNoBody() throws IOException {
        Exchange head = new Exchange("HEAD", Map.of());

        add(build(), ImageBuilds.pushed("1")).doReport(head.request(), head.response());

        assertThat(head.headers).containsKey("Content-Length");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        BuildkitAction action = add(build(), ImageBuilds.failed("nothing ran"));

        assertThat(action.isTraceThere()).isFalse();
        assertThat(get(action, "trace.json", Map.of()).status).isEqualTo(404);
        Files.delete(directory.resolve("buildkit/1/article.html"));
        assertThat(action.getArticle()).isNull();
    }

    @Test
    void aBuildWhoseFilesCannotBeWrittenHasItsSectionNevertheless() throws IOException {
        KeptBuild build = build();
        Files.writeString(directory.resolve("buildkit"), "in the way");

        assertThatThrownBy(() -> add(build, ImageBuilds.pushed("1"))).isInstanceOf(IOException.class);

        assertThat(build.getActions(BuildkitAction.class)).hasSize(1);
        assertThat(build.saved()).isEqualTo(1);
        assertThat(build.getActions(BuildkitAction.class).get(0).isReportThere())
                .isFalse();
    }

    private static Exchange get(BuildkitAction action, String name, Map<String, String> headers) throws IOException {
        Exchange exchange = new Exchange("GET", headers);
        if (name.equals("trace.json")) {
            action.doTrace(exchange.request(), exchange.response());
        } else {
            action.doReport(exchange.request(), exchange.response());
        }
        return exchange;
    }

    private static BuildkitAction add(KeptBuild build, BuildReport report) throws IOException {
        return BuildkitAction.add(build, report, Optional.empty(), Redactor.NONE);
    }

    private KeptBuild build() {
        return new KeptBuild(directory);
    }
}
