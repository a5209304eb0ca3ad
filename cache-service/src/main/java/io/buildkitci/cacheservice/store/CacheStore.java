package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A store of cache entries. Safe for use by several threads, and by one process at a time.
 *
 * <p>An entry can be seen from the moment it is finished: it is complete then, and its content is what its key says. A
 * process killed at any moment loses none of those and leaves at most files that the next start removes.
 */
public final class CacheStore implements AutoCloseable {
    /** Room is made for more than the one that needs it, so that not every upload looks at all entries. */
    private static final int ROOM_PERCENT = 90;

    private final Path directory;
    private final Limits limits;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Index index;
    private final Blobs blobs;
    private final Usage usage = new Usage();
    private final Counter counter = new Counter();
    private final Leases leases = new Leases();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<EntryKey, Long> used = new ConcurrentHashMap<>();

    /** Contents without an entry whose file is still there: a change of the index comes before that of files. */
    private final List<String> unused = new ArrayList<>();

    private int leftovers;

    private CacheStore(Path directory, Limits limits, InstantSource clock, Supplier<String> ids) throws IOException {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
        this.ids = ids;
        Files.createDirectories(directory);
        this.index = Index.open(directory.resolve("index.mv"));
        this.blobs = new Blobs(directory.resolve("blobs"));
    }

    /**
     * Opens the store in a directory, which is made if need be, and removes what a killed process left half done.
     *
     * @param ids names that nobody can guess
     * @throws IOException also when another process has it open
     */
    public static CacheStore open(Path directory, Limits limits, InstantSource clock, Supplier<String> ids)
            throws IOException {
        CacheStore store = new CacheStore(directory, limits, clock, ids);
        try {
            store.index.each("", store.usage::add);
            store.leftovers = store.collect();
            return store;
        } catch (IOException | RuntimeException e) {
            store.index.close();
            throw e;
        }
    }

    /** How many files and entries of a killed process its opening removed. */
    public int leftovers() {
        return leftovers;
    }

    /** What came of an upload. */
    public sealed interface Finished {}

    /** It can be seen from now on. */
    public record Kept(Entry entry) implements Finished {}

    /** It was thrown away, for a reason that its sender may read. */
    public record Refused(String reason) implements Finished {}

    /** An entry that was asked for. */
    public record Found(EntryKey key, Entry entry) {}

    /** A place for the content of a new entry. Whoever else has one for the same key is not in the way. */
    public Upload begin(EntryKey key) throws IOException {
        String id = ids.get();
        Upload upload = new Upload(id, key, staging().resolve(id));
        uploads.put(id, upload);
        return upload;
    }

    /** One that was begun and not finished yet. */
    public Optional<Upload> upload(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /** Makes an upload of this key and size an entry; where several are, the one that began first. */
    public Finished finish(EntryKey key, long size) {
        List<Upload> all =
                uploads.values().stream().filter(u -> u.key().equals(key)).toList();
        return all.stream()
                .filter(u -> u.size().equals(Optional.of(size)) && uploads.remove(u.id(), u))
                .findFirst()
                .map(this::finish)
                .orElseGet(() ->
                        refuse(all.isEmpty() ? "nothing was uploaded for this key" : "not all of it was uploaded"));
    }

    /** Makes one upload an entry, if it has this size. */
    public Finished finish(Upload upload, long size) {
        if (!upload.size().equals(Optional.of(size))) {
            return refuse("not all of it was uploaded");
        }
        return uploads.remove(upload.id(), upload) ? finish(upload) : refuse("this upload is over");
    }

    private Finished finish(Upload upload) {
        try {
            Path file = upload.close();
            if (upload.trouble().isPresent()) {
                return refuse("the storage failed: " + upload.trouble().get().getMessage());
            }
            String sha256 = Blobs.digest(file);
            if (!upload.key().digest().orElse(sha256).equals(sha256)) {
                return refuse("the content's SHA-256 is " + sha256 + ", which is not the key's");
            }
            List<String> needs = upload.key().isIndex() ? CacheIndex.needs(file) : List.of();
            return keep(upload.key(), file, sha256, needs);
        } catch (IOException e) {
            return refuse("the storage failed: " + e.getMessage());
        } finally {
            upload.discard();
        }
    }

    private Finished refuse(String reason) {
        counter.refused();
        return new Refused(reason);
    }

    private synchronized Finished keep(EntryKey key, Path file, String sha256, List<String> needs) throws IOException {
        long size = Files.size(file);
        if (size > limits.largest()) {
            return refuse("its " + size + " bytes are more than the " + limits.largest() + " that are kept in all");
        }
        long now = clock.millis();
        Entry entry = new Entry(sha256, size, now, now);
        makeRoom(key, entry);
        blobs.take(file, sha256);
        index.get(key).ifPresent(old -> forget(key, old));
        index.put(key, entry, needs);
        usage.add(key, entry);
        trimGenerations(key);
        index.commit();
        removeUnused();
        counter.stored();
        return new Kept(entry);
    }

    /**
     * What is stored under a key or, failing that, under the newest key that begins with one of the prefixes: in the first
     * scope that has any.
     *
     * @param scopes in order of preference
     */
    public Optional<Found> find(
            String namespace, List<String> scopes, String version, String key, List<String> prefixes) {
        for (String scope : scopes) {
            Optional<Found> found = findIn(namespace, scope, version, key, prefixes);
            if (found.isPresent()) {
                used.put(found.get().key(), clock.millis());
                counter.hit();
                return found;
            }
        }
        counter.miss();
        return Optional.empty();
    }

    private Optional<Found> findIn(String namespace, String scope, String version, String key, List<String> prefixes) {
        EntryKey exact = new EntryKey(namespace, scope, version, key);
        Optional<Found> found = index.get(exact).map(entry -> new Found(exact, entry));
        for (String prefix : prefixes) {
            found = found.filter(this::isThere).or(() -> newest(new EntryKey(namespace, scope, version, prefix)));
        }
        return found.filter(this::isThere);
    }

    private Optional<Found> newest(EntryKey prefix) {
        List<Found> all = new ArrayList<>();
        index.each(prefix.render(), (key, entry) -> all.add(new Found(key, entry)));
        return all.stream()
                .sorted(Comparator.comparingLong((Found f) -> f.entry().created())
                        .thenComparing(f -> f.key().key().length())
                        .thenComparing(f -> f.key().key())
                        .reversed())
                .filter(this::isThere)
                .findFirst();
    }

    /** An entry whose file is gone or has another length is no entry any more. */
    private boolean isThere(Found found) {
        if (blobs.exists(found.entry().sha256(), found.entry().size())) {
            return true;
        }
        drop(found.entry().sha256());
        return false;
    }

    /** Whether there is an entry under exactly this key. */
    public boolean exists(EntryKey key) {
        return index.get(key)
                .map(entry -> new Found(key, entry))
                .filter(this::isThere)
                .isPresent();
    }

    /**
     * Opens the content of an entry; as long as it is open, it stays.
     *
     * @param sha256 the content that the entry had when it was found: another one is not given
     * @return empty when it is gone, or was found damaged, which removes it
     */
    public Optional<Content> open(EntryKey key, String sha256) {
        Optional<Entry> entry = index.get(key).filter(e -> e.sha256().equals(sha256));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Leases.Lease lease = leases.take(sha256);
        try {
            if (blobs.exists(sha256, entry.get().size()) && blobs.isSound(sha256)) {
                FileChannel file = FileChannel.open(blobs.file(sha256), StandardOpenOption.READ);
                return Optional.of(new Content(file, entry.get().size(), lease));
            }
        } catch (IOException e) {
            // as good as gone
        }
        lease.close();
        drop(sha256);
        return Optional.empty();
    }

    /** Removes every entry of a content, and every index that cannot do without it. */
    private synchronized void drop(String sha256) {
        List<Found> entries = new ArrayList<>();
        index.each("", (key, entry) -> {
            if (entry.sha256().equals(sha256)) {
                entries.add(new Found(key, entry));
            }
        });
        entries.forEach(found -> {
            forget(found.key(), found.entry());
            forgetIndexesOf(found.key().namespace(), sha256);
            counter.dropped();
        });
        index.commit();
        removeUnused(sha256);
    }

    private void forget(EntryKey key, Entry entry) {
        index.remove(key);
        used.remove(key);
        usage.remove(key, entry);
        if (!usage.isUsed(entry.sha256())) {
            unused.add(entry.sha256());
        }
    }

    private void removeUnused() {
        List<String> all = List.copyOf(unused);
        unused.clear();
        all.forEach(this::removeUnused);
    }

    private void removeUnused(String sha256) {
        if (usage.isUsed(sha256)) {
            return;
        }
        if (leases.isTaken(sha256)) {
            unused.add(sha256);
            return;
        }
        try {
            blobs.remove(sha256);
        } catch (IOException e) {
            unused.add(sha256);
        }
    }

    private void forgetIndexesOf(String namespace, String sha256) {
        if (usage.isUsed(namespace, sha256)) {
            return;
        }
        List<Found> indexes = new ArrayList<>();
        index.each(EntryKey.prefix(namespace), (key, entry) -> {
            if (key.isIndex() && index.needs(key).contains(sha256)) {
                indexes.add(new Found(key, entry));
            }
        });
        indexes.forEach(found -> forget(found.key(), found.entry()));
    }

    private void trimGenerations(EntryKey key) {
        if (key.generations().isEmpty()) {
            return;
        }
        List<Found> all = new ArrayList<>();
        index.each(key.generations().get().render(), (k, entry) -> all.add(new Found(k, entry)));
        all.stream()
                .sorted(Comparator.comparingLong((Found f) -> f.entry().created())
                        .thenComparing(f -> f.key().equals(key))
                        .reversed())
                .skip(limits.generations())
                .forEach(old -> forget(old.key(), old.entry()));
    }

    private void makeRoom(EntryKey key, Entry entry) {
        boolean newHere = !usage.isUsed(key.namespace(), entry.sha256());
        boolean newAtAll = !usage.isUsed(entry.sha256());
        if (newHere && usage.of(key.namespace()) + entry.size() > limits.perNamespace()) {
            long goal = Math.min(limits.perNamespace() / 100 * ROOM_PERCENT, limits.perNamespace() - entry.size());
            evict(EntryKey.prefix(key.namespace()), () -> usage.of(key.namespace()) <= goal);
        }
        if (newAtAll && usage.total() + entry.size() > limits.total()) {
            long goal = Math.min(limits.total() / 100 * ROOM_PERCENT, limits.total() - entry.size());
            evict("", () -> usage.total() <= goal);
        }
    }

    private void evict(String prefix, Supplier<Boolean> enough) {
        flushUses();
        List<Eviction.Candidate> all = new ArrayList<>();
        index.each(prefix, (key, entry) -> all.add(new Eviction.Candidate(key, entry, index.needs(key))));
        for (Eviction.Candidate next : Eviction.order(all)) {
            if (enough.get()) {
                return;
            }
            boolean still = index.get(next.key()).isPresent();
            if (still && !leases.isTaken(next.entry().sha256())) {
                forget(next.key(), next.entry());
                forgetIndexesOf(next.key().namespace(), next.entry().sha256());
                counter.evicted();
            }
        }
    }

    private void flushUses() {
        Map<EntryKey, Long> times = new HashMap<>(used);
        index.use(times);
        times.forEach(used::remove);
    }

    /** Removes all of a namespace. */
    public synchronized void dropNamespace(String namespace) {
        forgetAll(EntryKey.prefix(namespace));
    }

    /** Removes all of one scope. */
    public synchronized void dropScope(String namespace, String scope) {
        forgetAll(EntryKey.prefix(namespace, scope));
    }

    private void forgetAll(String prefix) {
        List<Found> all = new ArrayList<>();
        index.each(prefix, (key, entry) -> all.add(new Found(key, entry)));
        all.forEach(found -> forget(found.key(), found.entry()));
        index.commit();
        removeUnused();
    }

    /** Gives a namespace another name; what was stored under that one stays beside it. */
    public synchronized void renameNamespace(String from, String to) {
        List<Eviction.Candidate> all = new ArrayList<>();
        index.each(
                EntryKey.prefix(from), (key, entry) -> all.add(new Eviction.Candidate(key, entry, index.needs(key))));
        for (Eviction.Candidate entry : all) {
            EntryKey key = entry.key();
            EntryKey moved = new EntryKey(to, key.scope(), key.version(), key.key());
            index.get(moved).ifPresent(old -> forget(moved, old));
            index.put(moved, entry.entry(), entry.needs());
            usage.add(moved, entry.entry());
            forget(key, entry.entry());
        }
        index.commit();
        removeUnused();
    }

    /**
     * Removes what nothing refers to: files of uploads that nobody goes on with, contents without an entry, entries
     * without a content.
     *
     * @return how many files and entries went
     */
    public synchronized int collect() throws IOException {
        int removed = 0;
        try (Stream<Path> staged = Files.list(staging())) {
            for (Path file : staged.filter(f -> isAbandoned(f)).toList()) {
                Files.deleteIfExists(file);
                removed++;
            }
        }
        List<Found> lost = new ArrayList<>();
        index.each("", (key, entry) -> {
            if (!blobs.exists(entry.sha256(), entry.size())) {
                lost.add(new Found(key, entry));
            }
        });
        for (Found found : lost) {
            forget(found.key(), found.entry());
            forgetIndexesOf(found.key().namespace(), found.entry().sha256());
        }
        flushUses();
        index.commit();
        removeUnused();
        for (Path file : blobs.files()) {
            String name = file.getFileName().toString();
            if (!usage.isUsed(name) && !leases.isTaken(name)) {
                Files.deleteIfExists(file);
                removed++;
            }
        }
        return removed + lost.size();
    }

    private boolean isAbandoned(Path file) {
        String name = file.getFileName().toString().replace(".ordered", "");
        if (!uploads.containsKey(name)) {
            return true;
        }
        try {
            long silent = clock.millis() - Files.getLastModifiedTime(file).toMillis();
            boolean abandoned = silent > limits.unfinished().toMillis();
            if (abandoned) {
                Optional.ofNullable(uploads.remove(name)).ifPresent(Upload::discard);
            }
            return abandoned;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads every content through and removes those that are damaged; the number of these. */
    public int verify() throws IOException {
        int damaged = 0;
        for (Path file : blobs.files()) {
            String name = file.getFileName().toString();
            if (EntryKey.isDigest(name) && !blobs.isSoundNow(name) && Files.exists(file)) {
                drop(name);
                damaged++;
            }
        }
        return damaged;
    }

    /** What is kept now. */
    public synchronized Stats stats() {
        return new StatsTaker(usage, limits, counter.counts(), uploads.size()).take(each -> index.each("", each));
    }

    private Path staging() throws IOException {
        return Files.createDirectories(directory.resolve("uploads"));
    }

    /** Gives up what is on its way in and closes; nothing may be open any more. */
    @Override
    public synchronized void close() {
        uploads.values().forEach(Upload::discard);
        uploads.clear();
        flushUses();
        index.close();
    }
}
