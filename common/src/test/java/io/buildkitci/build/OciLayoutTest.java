package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.json.PlainJson;
import io.buildkitci.local.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String NAME = "io.containerd.image.name";

    @TempDir
    Path root;

    private Path target;
    private Path fresh;
    private OciLayout layout;

    @BeforeEach
    void anOldOneAndAFreshOneInIt() throws IOException {
        target = root.resolve("layout");
        fresh = target.resolve(".buildkit-ci.fresh-run-7");
        layout = new OciLayout(new LocalFiles(), target);
        write(target, "old", index(manifest("old", TAG, "a")));
    }

    private static void write(Path layout, String blob, String index) throws IOException {
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("blobs/sha256").resolve(blob), blob);
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(layout.resolve("index.json"), index);
    }

    private static String manifest(String digest, String... annotations) {
        String fields = String.join(
                ",",
                Stream.iterate(0, i -> i < annotations.length, i -> i + 2)
                        .map(i -> "\"" + annotations[i] + "\":\"" + annotations[i + 1] + "\"")
                        .toList());
        return "{\"digest\":\"sha256:" + digest + "\",\"size\":5000000000,\"annotations\":{" + fields + "}}";
    }

    private static String index(String... manifests) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", manifests) + "]}";
    }

    private static List<String> digests(String index) {
        return PlainJson.parse(index).objects("manifests").stream()
                .map(manifest -> manifest.text("digest").substring("sha256:".length()))
                .toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsFreshIsAddedToWhatIsThere() throws IOException {
        layout.lendTo(fresh);
        assertThat(fresh.resolve("blobs/sha256/old")).hasContent("old");
        write(fresh, "new", index(manifest("new", TAG, "b")));

        layout.add(fresh);

        assertThat(files()).containsExactly("blobs/sha256/new", "blobs/sha256/old", "index.json", "oci-layout");
        assertThat(digests(Files.readString(target.resolve("index.json")))).containsExactly("old", "new");
        assertThat(target.resolve("blobs/sha256/old")).hasContent("old");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void theFirstOneIsWhatIsFresh() throws IOException {
        OciLayout first = new OciLayout(new LocalFiles(), root.resolve("first"));
        Path itsFresh = root.resolve("first/.buildkit-ci.fresh-run-7");
        first.lendTo(itsFresh);
        write(itsFresh, "new", index(manifest("new")));

        assertThat(first.isIn(itsFresh)).isTrue();
        first.add(itsFresh);

        assertThat(root.resolve("first/index.json")).hasContent(index(manifest("new")));
        assertThat(root.resolve("first/blobs/sha256/new")).hasContent("new");
    }

    @Test
    void whatWasLentGoesWithoutTheContentsThemselves() throws IOException {
        layout.lendTo(fresh);

        new LocalFiles().remove(fresh);

        assertThat(layout.isIn(fresh)).isFalse();
        assertThat(files()).containsExactly("blobs/sha256/old", "index.json", "oci-layout");
    }

    /** An index cannot be written where the place of its file is taken; contents that nothing names do no harm. */
    @Test
    void whatCannotBeAddedChangesNoIndex() throws IOException {
        String before = Files.readString(target.resolve("index.json"));
        write(fresh, "new", index(manifest("new", TAG, "b")));
        Files.delete(target.resolve("oci-layout"));
        Files.createDirectory(target.resolve("oci-layout"));

        assertThatThrownBy(() -> layout.add(fresh)).isInstanceOf(IOException.class);

        assertThat(target.resolve("index.json")).hasContent(before);
    }

    @Test
    void anIndexThatNamesWhatIsNotThereIsNotAdded() throws IOException {
        String before = Files.readString(target.resolve("index.json"));
        write(fresh, "new", index(manifest("pushed", TAG, "a")));

        assertThatThrownBy(() -> layout.add(fresh))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(target + " would name sha256:pushed, which the client has not written");

        assertThat(target.resolve("index.json")).hasContent(before);
        assertThat(target.resolve("blobs/sha256/new")).doesNotExist();
    }

    static Stream<Arguments> sums() {
        String a = manifest("1", TAG, "a");
        String b = manifest("2", TAG, "b");
        String image = manifest("3", TAG, "a", NAME, "r.example/x:a");
        return Stream.of(
                Arguments.of("another tag", index(a), index(b), List.of("1", "2")),
                Arguments.of("the same tag", index(a, b), index(manifest("4", TAG, "a")), List.of("2", "4")),
                Arguments.of("the tag of a named image", index(a), index(image), List.of("1", "3")),
                Arguments.of("the same image", index(image, b), index(image), List.of("2", "3")),
                Arguments.of("no tag", index(manifest("1")), index(manifest("2")), List.of("1", "2")),
                Arguments.of("the very same without a tag", index(manifest("1")), index(manifest("1")), List.of("1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sums")
    void anEntryTakesThePlaceOfTheOneOfItsName(String what, String there, String more, List<String> digests) {
        assertThat(digests(OciLayout.sum(there, more))).isEqualTo(digests);
    }

    @Test
    void whatElseAnIndexSaysIsKept() {
        String sum = OciLayout.sum(
                "{\"schemaVersion\":2,\"mediaType\":\"m\",\"manifests\":[" + manifest("1", TAG, "a")
                        + "],\"subject\":null,\"annotations\":{\"x\":\"y\"}}",
                index(manifest("2", TAG, "b")));

        assertThat(sum)
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"m\",\"manifests\":[" + manifest("1", TAG, "a") + ","
                        + manifest("2", TAG, "b") + "],\"annotations\":{\"x\":\"y\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"schemaVersion\":2,\"manif", "[]", "{\"manifests\":{}}"})
    void anIndexThatIsCutOffIsReplaced(String there) {
        assertThat(OciLayout.sum(there, index(manifest("2")))).isEqualTo(index(manifest("2")));
    }
}
