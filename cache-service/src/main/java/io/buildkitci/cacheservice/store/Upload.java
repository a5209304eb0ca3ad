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
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

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
    private final ReadWriteLock writing = new ReentrantReadWriteLock();
    private final Quantity quantity;
    private final Hashing hashing;
    private final Map<String, Part> blocks = new HashMap<>();
    private long end;
    private Optional<Long> size = Optional.empty();
    private Optional<IOException> trouble = Optional.empty();
    private boolean closed;
    private State state = State.OPEN;
    private EntryKey target;

    /** A stretch of the file that holds one block. */
    private record Part(long offset, long length) {}

    Upload(String id, EntryKey key, Path file, Quantity quantity, Executor aside) throws IOException {
        this.id = id;
        this.key = key;
        this.target = key;
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.quantity = quantity;
        this.hashing = new Hashing(channel, aside);
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

    /**
     * Lets one caller finish it, if it has this size: all of it came then. From now on its file does not change, so that what
     * is found out about its content stays true.
     */
    boolean claim(long expected) {
        writing.writeLock().lock();
        try {
            synchronized (this) {
                boolean claimed = state == State.OPEN && size.equals(Optional.of(expected));
                state = claimed ? State.FINISHING : state;
                return claimed;
            }
        } finally {
            writing.writeLock().unlock();
        }
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
        reserve(offset, length);
        return offset;
    }

    /** A place that the sender chose for so many bytes. */
    public synchronized void reserve(long offset, long length) {
        try {
            long last = Math.addExact(offset, length);
            if (last > end && !closed) {
                quantity.grow(end, last);
                end = last;
            }
        } catch (ArithmeticException e) {
            fail(new IOException("there are no files of that size"));
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Writes at a place that was reserved; nothing is written any more once it has failed, or is being finished. */
    public void write(long offset, ByteBuffer bytes) {
        long at = offset;
        writing.readLock().lock();
        try {
            if (!isOpen() || trouble().isPresent()) {
                return;
            }
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            hashing.written(offset, at - offset);
        } catch (IOException e) {
            fail(e);
        } finally {
            writing.readLock().unlock();
        }
    }

    private synchronized void fail(IOException e) {
        trouble = trouble.or(() -> Optional.of(e));
    }

    /** A block that came whole; one of the same name before it no longer counts. */
    public synchronized void block(String name, long offset, long length) {
        blocks.put(name, new Part(offset, length));
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
        if (state != State.OPEN) {
            return false;
        }
        long length = parts.stream().mapToLong(Part::length).sum();
        reserve(0, length); // a list may name a block several times
        try {
            if (trouble.isEmpty() && !inOrder(parts)) {
                rearrange(names, parts);
            }
            size = Optional.of(length);
        } catch (IOException e) {
            fail(e);
        }
        return true;
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

    /** Copies the parts to another file one after the other, and all of that back. */
    private void rearrange(List<String> names, List<Part> parts) throws IOException {
        hashing.forget();
        Path other = file.resolveSibling(id + ORDERED);
        Map<String, Part> ordered = new HashMap<>();
        try (FileChannel there = FileChannel.open(
                other, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < parts.size(); i++) {
                ordered.put(
                        names.get(i), new Part(there.position(), parts.get(i).length()));
                copy(channel, parts.get(i), there);
            }
            channel.truncate(0);
            copy(there, new Part(0, there.position()), channel.position(0));
        } finally {
            Files.deleteIfExists(other);
        }
        blocks.clear(); // the same list may come again
        blocks.putAll(ordered);
    }

    private static void copy(FileChannel from, Part part, FileChannel to) throws IOException {
        long done = 0;
        while (done < part.length()) {
            long n = from.transferTo(part.offset() + done, part.length() - done, to);
            if (n <= 0) {
                throw new IOException("a block is shorter than it was");
            }
            done += n;
        }
    }

    /** What went wrong with its file. */
    synchronized Optional<IOException> trouble() {
        return trouble;
    }

    /** The SHA-256 of all of it, in hexadecimal; nothing more may come. */
    String digest() throws IOException {
        long length;
        synchronized (this) {
            length = size.orElseThrow();
            channel.truncate(length);
        }
        return hashing.of(length);
    }

    /** Its file, with nothing more to come. */
    synchronized Path close() throws IOException {
        if (!closed) {
            closed = true;
            quantity.giveBack(end);
            channel.close();
        }
        return file;
    }

    void discard(Trash trash) {
        try {
            close();
        } catch (IOException e) {
            // its file goes all the same
        }
        try {
            trash.take(file);
        } catch (IOException e) {
            // the next start removes it
        }
    }

    /** Names of blocks that are here. */
    public synchronized Set<String> blocks() {
        return new HashSet<>(blocks.keySet());
    }
}
