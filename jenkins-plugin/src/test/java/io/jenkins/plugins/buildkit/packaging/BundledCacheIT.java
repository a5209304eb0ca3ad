package io.jenkins.plugins.buildkit.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache service runs with what is bundled and what Jenkins offers, and leaves no thread when it is closed. */
class BundledCacheIT {
    private static final String SERVICE = "io.buildkitci.cacheservice.";

    @TempDir
    private Path folder;

    private ClassLoader loader;

    @BeforeEach
    void load() throws Exception {
        loader = Hpi.built(folder).loader();
    }

    @Test
    void startsAnswersAndEnds() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        AutoCloseable service = started();
        try {
            assertThat(service.getClass().getClassLoader()).isSameAs(loader);
            InetSocketAddress address =
                    (InetSocketAddress) service.getClass().getMethod("address").invoke(service);
            assertThat(asked(address, "healthz", "").body()).isEqualTo("ok\n");
            assertThat(asked(address, "_apis/artifactcache/cache?keys=a&version=b", minted(service))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(ofOurs(before)).isNotEmpty();
        } finally {
            service.close();
        }

        for (Thread thread : ofOurs(before)) {
            thread.join(Duration.ofSeconds(20).toMillis());
            assertThat(thread.isAlive()).as("%s", thread).isFalse();
        }
    }

    /** Threads of the test's own are told by the loader of what they run. */
    private Set<Thread> ofOurs(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().matches("(buildkit|globalEventExecutor|MVStore|H2).*")
                        || thread.getContextClassLoader() == loader)
                .collect(Collectors.toSet());
    }

    private AutoCloseable started() throws Exception {
        Class<?> settings = type("Settings");
        Object limits =
                type("store.Limits").getMethod("of", long.class, long.class).invoke(null, 1L << 20, 1L << 20);
        Constructor<?> all = settings.getConstructors()[0];
        Object made = all.newInstance(
                folder.resolve("cache"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits,
                Optional.empty(),
                Optional.empty());
        Random random = new Random(1);
        IntFunction<byte[]> bytes = count -> {
            byte[] next = new byte[count];
            random.nextBytes(next);
            return next;
        };
        Consumer<Object> log = exchanged -> {};
        Method start = type("CacheService")
                .getMethod("start", settings, InstantSource.class, IntFunction.class, Consumer.class);
        return (AutoCloseable) start.invoke(null, made, InstantSource.system(), bytes, log);
    }

    private String minted(Object service) throws Exception {
        Class<?> grant = type("trust.Grant");
        Object reads = grant.getConstructor(String.class, List.class, Optional.class)
                .newInstance("job", List.of("main"), Optional.empty());
        return (String) service.getClass()
                .getMethod("mint", grant, Duration.class)
                .invoke(service, reads, Duration.ofMinutes(1));
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(SERVICE + name, true, loader);
    }

    private static HttpResponse<String> asked(InetSocketAddress address, String path, String token) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
