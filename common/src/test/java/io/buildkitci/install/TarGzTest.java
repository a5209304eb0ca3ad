package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives are made by commons-compress, in each of the forms in which tar writes long names. */
class TarGzTest {
    /** Writes one archive. */
    private interface Content {
        void into(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] archive(int longFiles, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            tar.setLongFileMode(longFiles);
            content.into(tar);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, byte kind, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static Map<String, byte[]> unpack(byte[] archive) throws IOException {
        Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        TarGz.unpack(new ByteArrayInputStream(archive), path -> {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            files.put(path.toString(), file);
            return file;
        });
        Map<String, byte[]> contents = new LinkedHashMap<>();
        files.forEach((name, bytes) -> contents.put(name, bytes.toByteArray()));
        return contents;
    }

    static Stream<Arguments> seeds() {
        return IntStream.range(0, 30)
                .boxed()
                .flatMap(seed -> Stream.of(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX)
                        .map(form -> Arguments.of(seed, form)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void unpacksWhateverFilesWerePacked(int seed, int form) throws IOException {
        Random random = new Random(seed);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            byte[] content = new byte[random.nextInt(4) * random.nextInt(1000)];
            random.nextBytes(content);
            String folder = random.nextBoolean() ? "bin/" : "d".repeat(1 + random.nextInt(150)) + "/";
            files.put(folder + "é" + "f".repeat(random.nextInt(120)) + i, content);
        }
        byte[] packed = archive(form, tar -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                file(tar, file.getKey(), file.getValue());
            }
        });

        Map<String, byte[]> unpacked = unpack(packed);

        assertThat(unpacked.keySet()).containsExactlyElementsOf(files.keySet());
        files.forEach((name, content) -> assertThat(unpacked.get(name)).isEqualTo(content));
    }

    @Test
    void aLeadingDotIsNothing() throws IOException {
        byte[] packed = archive(TarArchiveOutputStream.LONGFILE_ERROR, tar -> {
            tar.putArchiveEntry(new TarArchiveEntry("./"));
            tar.closeArchiveEntry();
            file(tar, "./bin/./tool", new byte[] {1});
        });

        assertThat(unpack(packed)).containsOnlyKeys(Path.of("bin", "tool").toString());
    }

    /** A link within the archive is no danger, and is not needed either. */
    @Test
    void linksThatStayInsideAreLeftOut() throws IOException {
        byte[] packed = archive(TarArchiveOutputStream.LONGFILE_ERROR, tar -> {
            file(tar, "bin/tool", new byte[] {1});
            link(tar, TarConstants.LF_SYMLINK, "bin/alias", "tool");
            link(tar, TarConstants.LF_SYMLINK, "lib/alias", "../bin/tool");
            link(tar, TarConstants.LF_LINK, "bin/other", "bin/tool");
        });

        assertThat(unpack(packed)).containsOnlyKeys("bin/tool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "bin/../../x", "/etc/x", "..", "a\\..\\..\\x", "C:/x"})
    void aFileThatLeadsOutsideRefusesAll(String name) throws IOException {
        byte[] packed = archive(TarArchiveOutputStream.LONGFILE_ERROR, tar -> file(tar, name, new byte[] {1}));

        assertThatThrownBy(() -> unpack(packed)).isInstanceOf(TarGz.Bad.class).hasMessageContaining("leads outside");
    }

    @ParameterizedTest
    @MethodSource("linksOut")
    void aLinkThatLeadsOutsideRefusesAll(byte kind, String name, String target) throws IOException {
        byte[] packed = archive(TarArchiveOutputStream.LONGFILE_ERROR, tar -> link(tar, kind, name, target));

        assertThatThrownBy(() -> unpack(packed)).isInstanceOf(TarGz.Bad.class).hasMessageContaining("leads outside");
    }

    static Stream<Arguments> linksOut() {
        return Stream.of(
                Arguments.of(TarConstants.LF_SYMLINK, "bin/x", "/etc/passwd"),
                Arguments.of(TarConstants.LF_SYMLINK, "bin/x", "../../etc/passwd"),
                Arguments.of(TarConstants.LF_LINK, "bin/x", "../etc/passwd"),
                Arguments.of(TarConstants.LF_SYMLINK, "../x", "bin/tool"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 513, 1500})
    void anArchiveThatEndsEarlyIsRefused(int missing) throws IOException {
        byte[] content = new byte[4000];
        new Random(1).nextBytes(content);
        byte[] packed = archive(TarArchiveOutputStream.LONGFILE_ERROR, tar -> file(tar, "bin/tool", content));

        assertThatThrownBy(() -> unpack(Arrays.copyOf(packed, packed.length - missing)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GzipCompressorOutputStream(bytes)) {
            gzip.write("<html>".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> unpack(bytes.toByteArray())).isInstanceOf(TarGz.Bad.class);
        assertThatThrownBy(() -> unpack(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
    }
}
