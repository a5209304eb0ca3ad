package hudson;

import hudson.model.Computer;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.agents.ControllerToAgentCallable;
import jenkins.agents.ControllerToAgentFileCallable;
import jenkins.model.Jenkins;
import org.jenkinsci.remoting.RoleChecker;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A file at the other end of a connection, or here. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;
    private static final Pattern ROOT = Pattern.compile("^(\\\\\\\\|(?:[A-Za-z]:)?[\\\\/])[\\\\/]*");
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

    /** The connection of those that are here. */
    public static final LocalChannel localChannel = new LocalChannel(Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "local channel");
        thread.setDaemon(true);
        return thread;
    }));

    private final transient VirtualChannel channel;
    private final String remote;

    public FilePath(VirtualChannel channel, String remote) {
        this.channel = channel instanceof LocalChannel ? null : channel;
        this.remote = normalize(remote);
    }

    public FilePath(File local) {
        this((VirtualChannel) null, local.getPath());
    }

    public FilePath(FilePath base, String relative) {
        this(base.channel, ABSOLUTE.matcher(relative).matches() ? relative : base.below(relative));
    }

    /** Work on a file, where it is. */
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File file, VirtualChannel channel) throws IOException, InterruptedException;
    }

    private String below(String relative) {
        return isUnix() ? remote + '/' + relative.replace('\\', '/') : remote + '\\' + relative.replace('/', '\\');
    }

    /** Guessed from the text for one that is elsewhere. */
    private boolean isUnix() {
        return channel == null ? File.pathSeparatorChar != ';' : !remote.contains("\\");
    }

    private static String normalize(String path) {
        Matcher root = ROOT.matcher(path);
        String start = root.find() ? root.group(1) : "";
        String rest = start.isEmpty() ? path : path.substring(root.end());
        String separator = path.contains("\\") && !path.contains("/") ? "\\" : "/";
        List<String> names = new ArrayList<>();
        for (String name : rest.split("[\\\\/]+", -1)) {
            boolean up = name.equals("..");
            if (up && !names.isEmpty() && !names.get(names.size() - 1).equals("..")) {
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".") && !(up && !start.isEmpty())) {
                names.add(name);
            }
        }
        String normal = start + String.join(separator, names);
        return normal.isEmpty() ? "." : normal;
    }

    public String getRemote() {
        return remote;
    }

    public String getName() {
        return remote.substring(lastSeparator(remote) + 1);
    }

    private static int lastSeparator(String path) {
        return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    }

    /** {@code null} for a root. */
    public FilePath getParent() {
        int separator = lastSeparator(remote.substring(0, remote.length() - 1));
        return separator < 0 ? null : new FilePath(channel, remote.substring(0, separator + 1));
    }

    public FilePath child(String relativeOrAbsolute) {
        return new FilePath(this, relativeOrAbsolute);
    }

    public FilePath sibling(String name) {
        FilePath parent = getParent();
        return parent == null ? null : parent.child(name);
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(channel, remote + suffix);
    }

    public VirtualChannel getChannel() {
        return channel == null ? localChannel : channel;
    }

    /** {@code null} when no agent has this connection. */
    public Computer toComputer() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null
                ? null
                : Arrays.stream(jenkins.getComputers())
                        .filter(computer -> computer.getChannel() == getChannel())
                        .findFirst()
                        .orElse(null);
    }

    public boolean isRemote() {
        return channel != null;
    }

    public <T> T act(FileCallable<T> work) throws IOException, InterruptedException {
        try {
            return getChannel().call(new There<>(work, remote));
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
    }

    public <V, E extends Throwable> V act(Callable<V, E> work) throws IOException, InterruptedException, E {
        return getChannel().call(work);
    }

    public <T> Future<T> actAsync(FileCallable<T> work) throws IOException, InterruptedException {
        return getChannel().callAsync(new There<>(work, remote));
    }

    public void mkdirs() throws IOException, InterruptedException {
        act(new MakeDirectories());
    }

    public boolean exists() throws IOException, InterruptedException {
        return act(new Exists());
    }

    public void write(String content, String encoding) throws IOException, InterruptedException {
        act(new Write(content, encoding));
    }

    public String readToString() throws IOException, InterruptedException {
        return act(new Read());
    }

    public InputStream read() throws IOException, InterruptedException {
        return new ByteArrayInputStream(readToString().getBytes(StandardCharsets.UTF_8));
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        act(new Delete());
    }

    /** It names its connection by this end only. */
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (channel != null) {
            throw new NotSerializableException("FilePath on " + channel + ", and nothing is sent there");
        }
        out.defaultWriteObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath that && Objects.equals(channel, that.channel) && remote.equals(that.remote);
    }

    @Override
    public int hashCode() {
        return Objects.hash(channel, remote);
    }

    @Override
    public String toString() {
        return remote;
    }

    private record There<T>(FileCallable<T> work, String path) implements ControllerToAgentCallable<T, IOException> {
        There {
            if (work.getClass().isAnonymousClass() || work.getClass().isSynthetic()) {
                throw new IllegalArgumentException(work.getClass() + " has no name of its own");
            }
        }

        @Override
        public T call() throws IOException {
            try {
                return work.invoke(new File(path), localChannel);
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
            }
        }

        @Override
        public void checkRoles(RoleChecker checker) {
            work.checkRoles(checker);
        }
    }

    private record MakeDirectories() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            Files.createDirectories(file.toPath());
            return true;
        }
    }

    private record Exists() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) {
            return file.exists();
        }
    }

    private record Write(String content, String encoding) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            Files.createDirectories(file.getParentFile().toPath());
            Files.write(file.toPath(), content.getBytes(encoding));
            return true;
        }
    }

    private record Read() implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File file, VirtualChannel channel) throws IOException {
            return Files.readString(file.toPath());
        }
    }

    private record Delete() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            if (Files.isDirectory(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                for (File child : file.listFiles()) {
                    invoke(child, channel);
                }
            }
            return Files.deleteIfExists(file.toPath());
        }
    }
}
