package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.local.Unguessable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service in a process of its own, which can be killed. */
final class ServiceProcess implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final String base;

    private ServiceProcess(Path directory, Process process, String base) {
        this.directory = directory;
        this.process = process;
        this.base = base;
    }

    /** In the other process. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CacheService service = CacheService.start(
                new Settings(
                        Path.of(arguments[0]),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Limits.of(1L << 30, 1L << 30),
                        Optional.empty(),
                        Optional.empty()),
                InstantSource.system(),
                Unguessable::bytes,
                exchanged -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        new CountDownLatch(1).await(); // its threads alone keep no process
    }

    /** @param options of its Java */
    static ServiceProcess start(Path directory, String... options) throws Exception {
        Files.deleteIfExists(directory.resolve(Upkeep.RUNNING));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ServiceProcess.class.getName(), directory.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Path running = directory.resolve(Upkeep.RUNNING);
        while (process.isAlive()
                && (!Files.exists(running) || Files.readAllLines(running).size() < 2)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        if (!process.isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue());
        }
        return new ServiceProcess(
                directory, process, Files.readAllLines(running).get(0));
    }

    String base() {
        return base;
    }

    int port() {
        return Integer.parseInt(base.substring(base.lastIndexOf(':') + 1));
    }

    Process process() {
        return process;
    }

    Caller bearer() throws IOException {
        String token = Minting.open(
                        Optional.of(directory), Optional.empty(), InstantSource.system(), Unguessable::bytes)
                .mint(Served.MAIN, Duration.ofMinutes(10));
        return new Caller(base, token);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** When it is gone, for a test's directory is removed then. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
