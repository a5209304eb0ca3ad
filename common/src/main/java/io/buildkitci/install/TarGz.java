package io.buildkitci.install;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A compressed archive as {@code tar -z} makes it. Files are taken out of it, and nothing else: no links, devices,
 * owners or modes. An archive in which anything leads outside is refused as a whole.
 */
final class TarGz {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 64 * 1024;
    private static final long LARGEST = 2L << 30;

    private final InputStream content;
    private long taken;

    private TarGz(InputStream content) {
        this.content = content;
    }

    /** Where a file of the archive goes. */
    @FunctionalInterface
    interface Place {
        /** @param path relative, normal, without any step up */
        OutputStream at(Path path) throws IOException;
    }

    /** That an archive is damaged, or not what it should be. */
    static final class Bad extends IOException {
        private static final long serialVersionUID = 1L;

        Bad(String message) {
            super(message);
        }
    }

    /** @throws Bad for an archive that is not to be unpacked; files that came before are then written already */
    static void unpack(InputStream compressed, Place place) throws IOException {
        try (InputStream content = new GZIPInputStream(new BufferedInputStream(compressed), 64 * 1024)) {
            new TarGz(content).unpack(place);
            content.transferTo(OutputStream.nullOutputStream()); // its end has a sum of all of it
        }
    }

    private void unpack(Place place) throws IOException {
        String longName = "";
        while (true) {
            byte[] block = content.readNBytes(BLOCK);
            if (block.length < BLOCK) {
                throw new Bad("it ends early");
            }
            if (isEmpty(block)) {
                return;
            }
            TarEntry entry = TarEntry.parse(block, longName);
            longName = "";
            switch (entry.kind()) {
                case FILE -> copy(entry, place.at(entry.path()));
                case LONG_NAME -> longName = text(entry);
                case EXTENDED -> longName = TarEntry.pathOf(text(entry));
                case HARD_LINK, SYMBOLIC_LINK, OTHER -> {
                    entry.check();
                    skip(entry);
                }
            }
        }
    }

    private void copy(TarEntry entry, OutputStream file) throws IOException {
        try (file) {
            byte[] buffer = new byte[64 * 1024];
            long left = entry.size();
            while (left > 0) {
                int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new Bad("it ends early");
                }
                count(count);
                file.write(buffer, 0, count);
                left -= count;
            }
        }
        skipExactly(entry.padding());
    }

    private void count(int bytes) throws Bad {
        taken += bytes;
        if (taken > LARGEST) {
            throw new Bad("it holds more than " + (LARGEST >> 30) + " GiB");
        }
    }

    private String text(TarEntry entry) throws IOException {
        if (entry.size() > LONGEST_NAME) {
            throw new Bad("it has a name that is too long");
        }
        byte[] text = content.readNBytes((int) entry.size());
        skipExactly(entry.padding());
        return new String(text, StandardCharsets.UTF_8).replaceFirst("\0+$", "");
    }

    private void skip(TarEntry entry) throws IOException {
        skipExactly(entry.size() + entry.padding());
    }

    private void skipExactly(long bytes) throws IOException {
        try {
            content.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new Bad("it ends early");
        }
    }

    private static boolean isEmpty(byte[] block) {
        return Arrays.equals(block, new byte[BLOCK]);
    }
}
