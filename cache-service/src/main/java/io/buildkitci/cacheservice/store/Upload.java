package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A content on its way in, in a file of its own. Blocks may come in any order, several at a time, and again.
 *
 * <p>A write that fails marks the upload and is told when it is finished, not to whoever writes: clients repeat a request
 * that failed for minutes, but take a refused entry for what it is.
 */
public final class Upload {
    /** What a file that is put in order is called by, besides its upload's name. */
    static final String ORDERED = ".ordered";

    private enum State {
        OPEN,
        FINISHING,
        CANCELLED
    }

    private final String id;
    private final EntryKey key;
    private final Path file;
    private final FileChannel channel;
    private final Map<String, Part> blocks = new HashMap<>();
    private long end;
    private Optional<Long> size = Optional.empty();
    private Optional<IOException> trouble = Optional.empty();
    private boolean closed;
    private State state = State.OPEN;
    private EntryKey target;

    /** A stretch of the file that holds one block. */
    private record Part(long offset, long length) {}

    Upload(String id, EntryKey key, Path file) throws IOException {
        this.id = id;
        this.key = key;
        this.target = key;
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Nobody can guess it. */
    public String id() {
        return id;
    }

    /** What it was begun for. */
    public EntryKey key() {
        return key;
    }

    /** What it is to be stored under: another key than it was begun for, when that was renamed meanwhile. */
    synchronized EntryKey target() {
        return target;
    }

    synchronized void aim(EntryKey other) {
        target = other;
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    /** Lets one caller finish it, if it has this size: all of it came then. */
    synchronized boolean claim(long expected) {
        boolean claimed = state == State.OPEN && size.equals(Optional.of(expected));
        state = claimed ? State.FINISHING : state;
        return claimed;
    }

    /** Nothing comes of it any more; whether nobody is finishing it, who would end it then. */
    synchronized boolean cancel() {
        boolean open = state == State.OPEN;
        state = State.CANCELLED;
        return open;
    }

    synchronized boolean isCancelled() {
        return state == State.CANCELLED;
    }

    /** A place for so many bytes that come next. */
    public synchronized long reserve(long length) {
        long offset = end;
        end += length;
        return offset;
    }

    /** Writes at a place. */
    public void write(long offset, ByteBuffer bytes) {
        long at = offset;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private synchronized void fail(IOException e) {
        trouble = trouble.or(() -> Optional.of(e));
    }

    /** A block that came whole; one of the same name before it no longer counts. */
    public synchronized void block(String name, long offset, long length) {
        blocks.put(name, new Part(offset, length));
    }

    /** All there is came in one piece, or in stretches that the client placed itself. */
    public synchronized void whole(long length) {
        size = Optional.of(length);
    }

    /** The content is these blocks, one after the other. */
    public synchronized boolean assemble(List<String> names) {
        List<Part> parts = new ArrayList<>();
        for (String name : names) {
            Part part = blocks.get(name);
            if (part == null) {
                return false;
            }
            parts.add(part);
        }
        try {
            size = Optional.of(inOrder(parts) ? total(parts) : rearrange(parts));
        } catch (IOException e) {
            fail(e);
        }
        return true;
    }

    private static long total(List<Part> parts) {
        return parts.stream().mapToLong(Part::length).sum();
    }

    private static boolean inOrder(List<Part> parts) {
        long next = 0;
        for (Part part : parts) {
            if (part.offset() != next) {
                return false;
            }
            next += part.length();
        }
        return true;
    }

    /** Copies the parts behind everything else, then down to the beginning. */
    private long rearrange(List<Part> parts) throws IOException {
        Path other = file.resolveSibling(id + ORDERED);
        long written = 0;
        try (FileChannel ordered = FileChannel.open(other, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Part part : parts) {
                written += copy(channel, part, ordered);
            }
            channel.truncate(0);
            try (FileChannel again = FileChannel.open(other, StandardOpenOption.READ)) {
                copy(again, new Part(0, written), channel.position(0));
            }
        } finally {
            Files.deleteIfExists(other);
        }
        return written;
    }

    private static long copy(FileChannel from, Part part, FileChannel to) throws IOException {
        long done = 0;
        while (done < part.length()) {
            long n = from.transferTo(part.offset() + done, part.length() - done, to);
            if (n <= 0) {
                throw new IOException("a block is shorter than it was");
            }
            done += n;
        }
        return done;
    }

    /** What went wrong with its file. */
    synchronized Optional<IOException> trouble() {
        return trouble;
    }

    /** Its file, of exactly its length, with nothing more to come. */
    synchronized Path close() throws IOException {
        if (!closed) {
            closed = true;
            if (size.isPresent() && channel.size() > size.get()) {
                channel.truncate(size.get());
            }
            channel.close();
        }
        return file;
    }

    synchronized void discard() {
        try {
            close();
        } catch (IOException e) {
            // its file goes all the same
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the next start removes it
        }
    }

    /** Names of blocks that are here. */
    public synchronized Set<String> blocks() {
        return new HashSet<>(blocks.keySet());
    }
}
