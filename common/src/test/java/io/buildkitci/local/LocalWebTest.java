package io.buildkitci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.install.ReleaseServer;
import io.buildkitci.install.ReleaseServer.BreaksOff;
import io.buildkitci.install.ReleaseServer.FallsSilent;
import io.buildkitci.process.Web;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalWebTest {
    private final ReleaseServer server = new ReleaseServer().page("/text", "hello ".repeat(100));
    private final LocalWeb web = new LocalWeb(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    private URI address(String path) {
        return URI.create(server.address() + path);
    }

    private static String text(Web web, URI address) throws IOException, InterruptedException {
        try (Web.Reply reply = web.get(address, Map.of())) {
            return new String(reply.content().readAllBytes(), UTF_8);
        }
    }

    @Test
    void readsWhatIsThereAndSaysWhatIsNot() throws Exception {
        assertThat(text(web, address("/text"))).startsWith("hello ").hasSize(600);
        try (Web.Reply reply = web.get(address("/none"), Map.of())) {
            assertThat(reply.status()).isEqualTo(404);
        }
    }

    @Test
    void anAnswerThatBreaksOffThrows() {
        server.trouble("/text", new BreaksOff());

        assertThatThrownBy(() -> text(web, address("/text"))).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatFallsSilentThrows() throws Exception {
        server.page("/other", "other");
        LocalWeb impatient = new LocalWeb(Map.of(), Duration.ofSeconds(2));
        assertThat(text(web, address("/other"))).isEqualTo("other"); // what an answer begins with is loaded by now
        server.trouble("/text", new FallsSilent());

        assertThatThrownBy(() -> text(impatient, address("/text")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing more came");
    }

    @Test
    void aThreadThatWaitsForMoreCanBeInterrupted() throws Exception {
        server.trouble("/text", new FallsSilent());
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                text(web, address("/text"));
            } catch (IOException | InterruptedException e) {
                ended.set(e);
            }
        });
        reader.start();
        while (server.asked().isEmpty()) {
            Thread.onSpinWait();
        }
        reader.interrupt();
        reader.join();

        assertThat(ended.get()).isNotNull();
    }

    @Test
    void redirectsWithinAServerKeepTheHeadersAndOthersDoNot() throws Exception {
        try (ReleaseServer other = new ReleaseServer().page("/there", "there")) {
            server.redirect("/one", "/two").redirect("/two", other.address() + "/there");
            web.get(address("/one"), Map.of("Authorization", "Bearer s3cr3t")).close();

            assertThat(server.authorization("/two")).isEqualTo("Bearer s3cr3t");
            assertThat(other.asked()).containsExactly("/there");
            assertThat(other.authorization("/there")).isEmpty();
        }
    }

    @Test
    void redirectsWithoutEndAreEnded() {
        server.redirect("/a", "/b").redirect("/b", "/a");

        assertThatThrownBy(() -> text(web, address("/a"))).hasMessageContaining("without end");
    }

    @Test
    void anEncryptedAddressDoesNotLeadToOneThatIsNot() {
        URI from = URI.create("https://github.example/a");

        assertThatThrownBy(() -> LocalWeb.redirected(from, "http://evil.example/a"))
                .hasMessageContaining("not encrypted");
    }

    /** A proxy of plain HTTP is asked for the whole address; here the server plays it. */
    @Test
    void theEnvironmentsProxyIsAsked() throws Exception {
        server.page("http://releases.example/x", "through the proxy");
        LocalWeb proxied = new LocalWeb(Map.of("HTTP_PROXY", server.address()));

        assertThat(text(proxied, URI.create("http://releases.example/x"))).isEqualTo("through the proxy");
        assertThat(text(proxied, address("/text"))).startsWith("hello");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://github.com/x         | ''                       | proxy.example:3128
                    https://github.com/x         | github.com               | -
                    https://api.github.com/x     | .github.com              | -
                    https://api.github.com/x     | *.github.com             | -
                    https://notgithub.com/x      | github.com               | proxy.example:3128
                    https://github.com:8443/x    | github.com:443           | proxy.example:3128
                    https://github.com/x         | a.example, GitHub.com:443| -
                    https://github.com/x         | *                        | -
                    https://localhost/x          | ''                       | -
                    https://127.0.0.1:8443/x     | ''                       | -
                    http://plain.example/x       | ''                       | -
                    """)
    void exemptsWhatTheEnvironmentExempts(String address, String exempt, String proxy) {
        ProxyVariables variables =
                new ProxyVariables(Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", exempt));

        Proxy chosen = variables.select(URI.create(address)).get(0);

        String text = chosen.address() instanceof InetSocketAddress at ? at.getHostString() + ":" + at.getPort() : "-";
        assertThat(text).isEqualTo(proxy);
    }
}
