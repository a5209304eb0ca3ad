package io.buildkitci.cacheservice;

import static io.buildkitci.cacheservice.Served.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the service refuses it, says nothing of a fault of its own, and goes on. */
class HostileRequestsTest {
    private static final String TWIRP = "/twirp/github.actions.results.api.v1.CacheService/";
    private static final byte[] LAYER = Served.bytes(3000, 1);
    private static final String KEY = Caller.blobKey(LAYER);
    private static final Logger LOGGER = Logger.getLogger("io.buildkitci.cacheservice");

    @TempDir
    Path directory;

    private final List<LogRecord> faults = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            faults.add(record);
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private Served served;
    private String token;

    @BeforeEach
    void start() throws Exception {
        LOGGER.addHandler(handler);
        served = Served.in(directory.resolve("served"));
        token = served.service().mint(MAIN, Served.LIFE);
        assertThat(served.bearer(token).store(KEY, LAYER)).isEqualTo(200);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(served.bearer(MAIN).url(KEY)).as("the service goes on").isNotEmpty();
        served.close();
        LOGGER.removeHandler(handler);
        assertThat(faults).extracting(LogRecord::getThrown).isEmpty();
        try (Stream<Path> beside = Files.list(directory)) {
            assertThat(beside.map(Path::getFileName)).containsExactly(Path.of("served"));
        }
    }

    private String head(String line, String... headers) {
        return line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n"
                + String.join("", Stream.of(headers).map(h -> h + "\r\n").toList()) + "\r\n";
    }

    private String status(byte[] request) throws IOException {
        String answer = new String(served.raw(request), StandardCharsets.ISO_8859_1);
        return answer.isEmpty() ? "" : answer.substring(9, 12);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/blob/down/9999999999/../../secret/x",
                "/blob/../secret",
                "/blob/..%2fsecret",
                "/blob/%2e%2e/%2e%2e/etc/passwd",
                "/blob/down;a=b/1/x/y",
                "/admin/../secret",
                "/admin/..%2f..%2fsecret",
                "/admin/stats/",
                "/admin/stats;x",
                "//admin/stats",
                "/_apis/artifactcache/../secret",
                "/_apis/artifactcache/caches/0",
                "/_apis/artifactcache/caches/99999999999999999999",
                "/_apis/artifactcache/cache?keys=a%00b&version=v1",
                "/_apis/artifactcache/cache?keys=a,b,c,d,e,f,g,h,i,j,k&version=v1",
                "/%00",
                "/%",
                "*",
                "http://elsewhere/admin/stats"
            })
    void pathsThatLeadNowhere(String path) throws Exception {
        assertThat(status(bytes(head("GET " + path)))).startsWith("4").isNotEqualTo("408");
    }

    @Test
    void namesThatAreNoFileNames() throws Exception {
        Caller main = served.bearer(token);
        for (String key :
                List.of("../../outside", "..%2f..%2foutside", "a;b", "/etc/passwd", "C:\\\\x", "k".repeat(512))) {
            byte[] content = bytes("of " + key);
            assertThat(main.store(key, content)).isEqualTo(200);
            assertThat(main.send("GET", main.url(key), new byte[0], Map.of()).body())
                    .isEqualTo(content);
        }
        assertThat(status(bytes(head("GET /_apis/artifactcache/cache?keys=..%2f..%2fsecret&version=%ff%fe"))))
                .isEqualTo("204");
        assertThat(main.create("k".repeat(513)).statusCode()).isEqualTo(400);
        assertThat(main.create("a\\u0000b").statusCode()).isEqualTo(400);
        assertThat(main.create("a\\nb").statusCode()).isEqualTo(400);
    }

    /** The answer can get lost when the connection is closed with bytes that nobody has read. */
    @Test
    void headersWithoutEnd() throws Exception {
        String[] many =
                Stream.generate(() -> "X-More: " + "m".repeat(100)).limit(2000).toArray(String[]::new);
        assertThat(status(bytes(head("GET /healthz", many)))).isIn("400", "431", "");
        assertThat(status(bytes(head("GET /healthz", "X-Long: " + "l".repeat(100_000)))))
                .isIn("400", "431", "");
        assertThat(status(bytes(head("GET /" + "p".repeat(100_000))))).isIn("400", "414", "");
        assertThat(status(bytes(head("GET /_apis/artifactcache/cache?" + "keys=a&".repeat(1000) + "version=v1"))))
                .isIn("204", "400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 5-4/*",
                "bytes 0-/*",
                "bytes -5/*",
                "bytes 0-999999999999999999/*",
                "bytes 999999999999999990-999999999999999999/*",
                "bytes 99999999999999999999-99999999999999999999/*",
                "items 0-1/*",
                ""
            })
    void stretchesThatCannotBe(String range) throws Exception {
        byte[] json = bytes("{\"key\":\"k\",\"version\":\"v1\"}");
        int number = Caller.json(served.bearer(token)
                        .send(
                                "POST",
                                served.base() + "/_apis/artifactcache/caches",
                                json,
                                Map.of("Authorization", "Bearer " + token)))
                .number("cacheId");
        String line = "PATCH /_apis/artifactcache/caches/" + number;
        assertThat(status(bytes(head(line, "Content-Range: " + range, "Content-Length: 2") + "ab")))
                .isEqualTo("400");
        assertThat(largestFile()).isLessThan(1 << 20);
    }

    /** Of the service, which may remove some while they are looked at. */
    private long largestFile() throws IOException {
        AtomicLong largest = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                largest.accumulateAndGet(is.size(), Math::max);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return largest.get();
    }

    @Test
    void aListThatNamesABlockManyTimesMakesNoContentThatIsTooLarge() throws Exception {
        Caller main = served.bearer(token);
        String url = Caller.json(main.create("bomb")).text("signed_upload_url");
        main.send("PUT", url + "?comp=block&blockid=b", Served.bytes(1 << 20, 1), Map.of());
        String list = "<BlockList>" + "<Latest>b</Latest>".repeat(50_000) + "</BlockList>";
        main.send("PUT", url + "?comp=blocklist", bytes(list), Map.of());
        assertThat(main.finish("bomb", 50_000L << 20).statusCode()).isEqualTo(412);
        assertThat(served.service().store().totals().uploads()).isLessThanOrEqualTo(1);
    }

    @Test
    void listsThatAreNone() throws Exception {
        Caller main = served.bearer(token);
        String url = Caller.json(main.create("list")).text("signed_upload_url") + "?comp=blocklist";
        for (String list : List.of(
                "<BlockList><Latest>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><BlockList><Latest>&e;</Latest></BlockList>",
                "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><BlockList><Latest>&b;</Latest></BlockList>",
                "<BlockList>" + "<Latest>b</Latest>".repeat(50_001) + "</BlockList>",
                "<a>".repeat(100_000),
                "nonsense")) {
            assertThat(main.send("PUT", url, bytes(list), Map.of()).statusCode())
                    .isEqualTo(400);
        }
        byte[] huge = bytes("<BlockList>" + " ".repeat(9 << 20));
        assertThat(main.send("PUT", url, huge, Map.of()).statusCode()).isEqualTo(413);
    }

    @Test
    void sendersThatAreSlowHoldUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        served.service().address().getPort());
                slow.add(socket);
                String part = i % 2 == 0
                        ? "POST " + TWIRP + "CreateCac"
                        : head("POST " + TWIRP + "CreateCacheEntry", "Content-Length: 100") + "{";
                socket.getOutputStream().write(bytes(part));
                socket.getOutputStream().flush();
            }
            byte[] content = Served.bytes(100_000, 7);
            assertThat(served.bearer(token).store(Caller.blobKey(content), content))
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Requests as clients send them, with bytes changed, left out, said twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyRequestWithAnythingChanged(long seed) throws Exception {
        Random random = new Random(seed);
        Caller main = served.bearer(token);
        String up = Caller.json(main.create("u" + seed))
                .text("signed_upload_url")
                .substring(served.base().length());
        String down = main.url(KEY).substring(served.base().length());
        String find = "{\"key\":\"%s\",\"restore_keys\":[\"%s\"],\"version\":\"v1\"}".formatted(KEY, KEY);
        String list = "<BlockList><Latest>b</Latest></BlockList>";
        List<String> requests = List.of(
                head("GET " + down, "Range: bytes=0-10"),
                head("GET " + down, "x-ms-range: bytes=-10"),
                head("HEAD " + down),
                head("PUT " + up, "Content-Length: 5", "x-ms-blob-type: BlockBlob") + "hello",
                head("PUT " + up + "?comp=block&blockid=b", "Content-Length: 5") + "hello",
                head("PUT " + up + "?comp=block&blockid=b", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n",
                head("PUT " + up + "?comp=blocklist", "Content-Length: " + list.length()) + list,
                head("POST " + TWIRP + "GetCacheEntryDownloadURL", "Content-Length: " + find.length()) + find,
                head("POST " + TWIRP + "FinalizeCacheEntryUpload", "Content-Length: " + find.length()) + find,
                head("GET /_apis/artifactcache/cache?keys=" + KEY + "&version=v1"),
                head("GET /metrics"),
                head("GET /admin/stats"),
                head("POST /admin/drop?namespace=job"));
        for (int i = 0; i < 150; i++) {
            byte[] request = changed(random, requests.get(random.nextInt(requests.size())));
            assertThat(status(request))
                    .as(new String(request, StandardCharsets.ISO_8859_1))
                    .matches("|[1234]\\d\\d");
        }
    }

    private static byte[] changed(Random random, String request) {
        StringBuilder text = new StringBuilder(request);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, to);
                case 2 -> text.insert(at, text.substring(at, to));
                case 3 ->
                    text.insert(at, String.valueOf((char) random.nextInt(256)).repeat(random.nextInt(300)));
                default -> text.setLength(Math.max(1, at));
            }
            if (text.isEmpty()) {
                text.append('x');
            }
        }
        return bytes(text.toString());
    }
}
