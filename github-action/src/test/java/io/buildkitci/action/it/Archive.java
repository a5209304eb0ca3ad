package io.buildkitci.action.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Layers and tar files, as far as tests look into them. */
final class Archive {
    private static final int BLOCK = 512;

    private Archive() {}

    /** The bytes themselves where they are not compressed. */
    static byte[] unzipped(byte[] bytes) throws IOException {
        boolean zipped = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        if (!zipped) {
            return bytes;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    /** Names of the files in a tar. */
    static List<String> names(Path tar) throws IOException {
        byte[] bytes = Files.readAllBytes(tar);
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at + BLOCK <= bytes.length && bytes[at] != 0) {
            names.add(text(bytes, at, 100));
            long size = Long.parseLong(text(bytes, at + 124, 12).strip(), 8);
            at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
        }
        return names;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
