package io.buildkitci.builder;

import io.buildkitci.local.LocalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** An engine behind TLS on loopback, as a remote one is: whoever connects shows a certificate. */
public final class TlsEngine implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static Optional<KeyStore> made = Optional.empty();

    private final Path certificates;
    private final Path socket;
    private final SSLServerSocket server;

    private TlsEngine(Path certificates, Path socket, SSLServerSocket server) {
        this.certificates = certificates;
        this.socket = socket;
        this.server = server;
    }

    /**
     * @param folder for the certificates: one, that both sides show and trust
     * @param socket of the engine
     */
    public static TlsEngine start(Path folder, Path socket) throws Exception {
        KeyStore keys = keys();
        String certificate = pem("CERTIFICATE", keys.getCertificate("engine").getEncoded());
        Files.writeString(folder.resolve("ca.pem"), certificate);
        Files.writeString(folder.resolve("cert.pem"), certificate);
        Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("engine", PASSWORD).getEncoded()));
        SSLServerSocket server = (SSLServerSocket)
                context(keys).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        TlsEngine engine = new TlsEngine(folder, socket, server);
        inBackground(engine::accept);
        return engine;
    }

    /** What a person sets to use it. */
    public Map<String, String> variables() {
        return Map.of(
                "DOCKER_HOST",
                "tcp://localhost:" + server.getLocalPort(),
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                certificates.toString());
    }

    /** Made once for all tests. */
    private static synchronized KeyStore keys() throws IOException, InterruptedException, GeneralSecurityException {
        if (made.isEmpty()) {
            Path folder = Files.createTempDirectory("it-tls-engine-");
            made = Optional.of(keys(folder.resolve("keys.p12")));
            new LocalFiles().remove(folder);
        }
        return made.get();
    }

    private static KeyStore keys(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "engine",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("engine", keys.getCertificate("engine"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                inBackground(() -> toEngine(client, engine));
                inBackground(() -> toClient(engine, client));
            } catch (IOException e) {
                // it is closed, or a client has hung up already
            }
        }
    }

    /** Until the client has said everything; one that is gone is not answered any more. */
    private static void toEngine(SSLSocket client, SocketChannel engine) throws IOException {
        byte[] buffer = new byte[65536];
        try {
            InputStream in = client.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    engine.write(bytes);
                }
            }
            engine.shutdownOutput();
        } catch (IOException gone) {
            engine.close();
        }
    }

    private static void toClient(SocketChannel engine, SSLSocket client) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        try (engine;
                client) {
            OutputStream out = client.getOutputStream();
            while (engine.read(buffer) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
    }

    /** A connection that breaks is the clients' business. */
    private interface Pump {
        void run() throws IOException;
    }

    private static void inBackground(Pump pump) {
        Thread thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt(); // the connection is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
