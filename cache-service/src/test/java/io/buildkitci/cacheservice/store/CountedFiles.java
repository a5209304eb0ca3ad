package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this machine, and a list of all that was asked of them, without their names. */
final class CountedFiles extends FileSystemProvider {
    private final FileSystemProvider real;
    private final FileSystem system;
    private final List<String> asked = new ArrayList<>();

    private CountedFiles(FileSystem counted) {
        this.real = counted.provider();
        this.system = new Counted(counted);
    }

    /** The same directory; what is done below it is counted. */
    static Path in(Path directory) {
        return new CountedFiles(directory.getFileSystem()).wrapped(directory);
    }

    /** What was asked below a directory that was made so, since this was asked last. */
    static List<String> asked(Path directory) {
        CountedFiles files = (CountedFiles) directory.getFileSystem().provider();
        List<String> since = List.copyOf(files.asked);
        files.asked.clear();
        return since;
    }

    private Path wrapped(Path real) {
        return (Path) Proxy.newProxyInstance(
                CountedFiles.class.getClassLoader(), new Class<?>[] {Path.class, Real.class}, (self, method, given) -> {
                    if (method.getDeclaringClass() == Real.class) {
                        return real;
                    }
                    return method.getName().equals("getFileSystem")
                            ? system
                            : answer(real, method, given == null ? new Object[0] : given);
                });
    }

    /** The file system of wrapped paths, whose provider is this. */
    private final class Counted extends FileSystem {
        private final FileSystem counted;

        Counted(FileSystem counted) {
            this.counted = counted;
        }

        @Override
        public FileSystemProvider provider() {
            return CountedFiles.this;
        }

        @Override
        public void close() throws IOException {
            counted.close();
        }

        @Override
        public boolean isOpen() {
            return counted.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return counted.isReadOnly();
        }

        @Override
        public String getSeparator() {
            return counted.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return counted.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return counted.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return counted.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(String first, String... more) {
            return wrapped(counted.getPath(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            return counted.getPathMatcher(pattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return counted.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() throws IOException {
            return counted.newWatchService();
        }
    }

    /** What stands behind a proxy. */
    interface Real {
        Object real();
    }

    private Object answer(Object real, Method method, Object[] given) throws Throwable {
        try {
            Object answer =
                    method.invoke(real, Stream.of(given).map(CountedFiles::bare).toArray());
            return answer instanceof Path path ? wrapped(path) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object bare(Object given) {
        return given instanceof Real wrapped ? wrapped.real() : given;
    }

    private Path asks(String what, Path path) {
        asked.add(what);
        return (Path) bare(path);
    }

    @Override
    public String getScheme() {
        return "counted";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return real.newByteChannel(asks("open " + options, path), options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return real.newFileChannel(asks("open " + options, path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> listed = new ArrayList<>();
        try (DirectoryStream<Path> paths = real.newDirectoryStream(asks("list", directory), path -> true)) {
            paths.forEach(path -> listed.add(wrapped(path)));
        }
        return new DirectoryStream<>() {
            @Override
            public java.util.Iterator<Path> iterator() {
                return listed.iterator();
            }

            @Override
            public void close() {
                // it was read at once
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        real.createDirectory(asks("make a directory", directory), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        real.createLink(asks("link", link), (Path) bare(existing));
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(asks("delete", path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        real.copy(asks("copy", source), (Path) bare(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        real.move(asks("move", source), (Path) bare(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(asks("compare", path), (Path) bare(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(asks("look", path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(asks("look", path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(asks("look", path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return Optional.ofNullable(real.getFileAttributeView(asks("look", path), type, options))
                .orElseThrow();
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(asks("look", path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(asks("look", path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(asks("change", path), attribute, value, options);
    }
}
