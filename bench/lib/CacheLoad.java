import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls a cache service as BuildKit's client does: {@code upload}, {@code url}, {@code fill}, {@code lookups}, {@code crowd}. */
public final class CacheLoad {
    private static final String CALLS = "twirp/github.actions.results.api.v1.CacheService/";
    private static final int BLOCK = 1 << 20;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;

    private CacheLoad(String base, String token) {
        this.base = base;
        this.token = token;
    }

    public static void main(String[] arguments) throws Exception {
        CacheLoad load = new CacheLoad(arguments[1], System.getenv("CACHE_TOKEN"));
        int number = Integer.parseInt(arguments[2]);
        switch (arguments[0]) {
            case "upload" -> System.out.printf("%.0f%n", load.upload(number));
            case "url" -> System.out.println(load.url(load.store(bytes(number << 20, 1))));
            case "fill" -> load.fill(number);
            case "lookups" -> load.lookups(number, Integer.parseInt(arguments[3]));
            case "crowd" -> System.out.printf("%.0f%n", load.crowd(number));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private String call(String method, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + CALLS + method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(method + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String field(String name, String json) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return field.find() ? field.group(1) : "";
    }

    private void put(String url, byte[] bytes, int from, int length) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("x-ms-blob-type", "BlockBlob")
                .PUT(BodyPublishers.ofByteArray(bytes, from, length))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 201) {
            throw new IOException("PUT: " + status);
        }
    }

    /** In blocks, one after the other, as BuildKit's client does. */
    private String store(byte[] content) throws Exception {
        String key = "buildkit-blob-1-sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        send(key, content);
        return key;
    }

    private void send(String key, byte[] content) throws IOException, InterruptedException {
        String named = "{\"key\":\"" + key + "\",\"version\":\"v\"";
        String url = field("signed_upload_url", call("CreateCacheEntry", named + "}"));
        if (content.length <= BLOCK) {
            put(url, content, 0, content.length);
        } else {
            StringBuilder list = new StringBuilder("<BlockList>");
            for (int from = 0; from < content.length; from += BLOCK) {
                put(url + "?comp=block&blockid=b" + from, content, from, Math.min(BLOCK, content.length - from));
                list.append("<Latest>b").append(from).append("</Latest>");
            }
            byte[] xml = list.append("</BlockList>").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            put(url + "?comp=blocklist", xml, 0, xml.length);
        }
        call("FinalizeCacheEntryUpload", named + ",\"size_bytes\":" + content.length + "}");
    }

    /** MB/s of contents of so many MiB, the median of five. */
    private double upload(int size) throws Exception {
        double[] speeds = new double[6];
        for (int i = 0; i < speeds.length; i++) {
            byte[] content = bytes(size << 20, System.nanoTime());
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            long begin = System.nanoTime();
            send("buildkit-blob-1-sha256:" + digest, content);
            speeds[i] = content.length * 1e3 / (System.nanoTime() - begin);
        }
        double[] measured = Arrays.copyOfRange(speeds, 1, speeds.length);
        Arrays.sort(measured);
        return measured[measured.length / 2];
    }

    private String url(String key) throws IOException, InterruptedException {
        return field(
                "signed_download_url",
                call(
                        "GetCacheEntryDownloadURL",
                        "{\"key\":\"" + key + "\",\"restore_keys\":[\"" + key + "\"],\"version\":\"v\"}"));
    }

    private void fill(int entries) throws Exception {
        each(16, thread -> {
            for (int i = thread; i < entries; i += 16) {
                send("entry-" + i, ("content " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        });
    }

    /** Half of them hits. Prints p50 and p99 in milliseconds, by one client and by eight. */
    private void lookups(int entries, int calls) throws Exception {
        for (int clients : new int[] {1, 1, 8}) {
            List<long[]> all = new ArrayList<>();
            each(clients, thread -> {
                Random random = new Random(thread);
                long[] times = new long[calls / clients];
                for (int i = 0; i < times.length; i++) {
                    String key = "entry-" + random.nextInt(2 * entries);
                    long begin = System.nanoTime();
                    url(key);
                    times[i] = System.nanoTime() - begin;
                }
                synchronized (all) {
                    all.add(times);
                }
            });
            long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            System.out.printf(
                    "%d %.2f %.2f%n", clients, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
        }
    }

    /** MB/s of so many clients that each store 8 MiB and read it three times, all at once. */
    private double crowd(int clients) throws Exception {
        byte[][] contents = new byte[clients][];
        for (int i = 0; i < clients; i++) {
            contents[i] = bytes(8 << 20, System.nanoTime());
        }
        long begin = System.nanoTime();
        each(clients, thread -> {
            String key = store(contents[thread]);
            for (int i = 0; i < 3; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url(key))).build();
                try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body()) {
                    if (in.skip(Long.MAX_VALUE) != contents[thread].length) {
                        throw new IOException("not all of it came");
                    }
                }
            }
        });
        return clients * 4.0 * (8 << 20) * 1e3 / (System.nanoTime() - begin);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void each(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            all.add(pool.submit(() -> {
                work.run(thread);
                return true;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
    }
}
