package io.buildkitci.install;

import io.buildkitci.install.TarGz.Bad;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of one entry of a tar archive (POSIX ustar and pax, and GNU's long names).
 *
 * @param name as it stands there
 * @param target where a link leads
 * @param size of what follows, in bytes
 */
record TarEntry(Kind kind, String name, String target, long size) {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final long LARGEST = 1L << 40;
    private static final Pattern PAX_PATH = Pattern.compile("(?:^|\\n)\\d+ path=([^\\n]*)\\n");

    /** What an entry is. */
    enum Kind {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        /** The name of the entry that follows. */
        LONG_NAME,
        /** Facts of the entry that follows, its name among them. */
        EXTENDED,
        /** A directory or a device; nothing of it is needed. */
        OTHER
    }

    /** @param longName what an entry before said about this one's name; empty for nothing */
    static TarEntry parse(byte[] block, String longName) throws Bad {
        checkSum(block);
        String prefix = text(block, 345, 155);
        boolean posix = text(block, 257, 6).startsWith("ustar") && block[262] == 0;
        String own = text(block, 0, 100);
        String name = !longName.isEmpty() ? longName : posix && !prefix.isEmpty() ? prefix + "/" + own : own;
        Kind kind =
                switch (block[156]) {
                    case 0, '0', '7' -> name.endsWith("/") ? Kind.OTHER : Kind.FILE;
                    case '1' -> Kind.HARD_LINK;
                    case '2' -> Kind.SYMBOLIC_LINK;
                    case 'L' -> Kind.LONG_NAME;
                    case 'x' -> Kind.EXTENDED;
                    default -> Kind.OTHER;
                };
        return new TarEntry(kind, name, text(block, 157, 100), size(block));
    }

    /** The name that the facts of a pax entry give; empty when they give none. */
    static String pathOf(String facts) {
        Matcher path = PAX_PATH.matcher(facts);
        return path.find() ? path.group(1) : "";
    }

    /** Relative, without any step up. */
    Path path() throws Bad {
        Path path = inside(name);
        if (path.toString().isEmpty()) {
            throw new Bad("a file in it has no name");
        }
        return path;
    }

    /** That neither it nor what a link leads to is outside of the archive; a link is not made even then. */
    void check() throws Bad {
        inside(name);
        if (kind == Kind.HARD_LINK) {
            inside(target);
        } else if (kind == Kind.SYMBOLIC_LINK) {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            inside(target.startsWith("/") ? target : folder + target);
        }
    }

    /** How much follows until the next head. */
    long padding() {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static Path inside(String name) throws Bad {
        try {
            Path path = Path.of(name).normalize();
            boolean outside = path.isAbsolute()
                    || name.startsWith("/")
                    || name.contains("\\")
                    || name.contains(":")
                    || path.startsWith("..");
            if (!outside) {
                return path;
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw new Bad("'" + name.replaceAll("\\p{Cntrl}", "?") + "' in it leads outside");
    }

    private static void checkSum(byte[] block) throws Bad {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += own ? ' ' : block[i] & 0xff;
        }
        if (octal(block, CHECKSUM_AT, CHECKSUM_LENGTH) != sum) {
            throw new Bad("it is no archive, or damaged");
        }
    }

    private static long size(byte[] block) throws Bad {
        long size = (block[124] & 0x80) != 0 ? LARGEST : octal(block, 124, 12);
        if (size >= LARGEST) {
            throw new Bad("it has a file that is too large");
        }
        return size;
    }

    private static long octal(byte[] block, int offset, int length) throws Bad {
        String digits = text(block, offset, length).strip();
        if (!digits.matches("[0-7]{0,14}")) {
            throw new Bad("it is no archive, or damaged");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }
}
