package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The testbed's registry, read over HTTP without any of our code. */
final class Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private Registry() {}

    /** A manifest or index as stored, with the digest of its bytes. */
    record Manifest(String repository, String digest, JsonNode json) {
        /** Platform to digest; attestations, which are of no platform, under {@code unknown/unknown}. */
        Map<String, String> platforms() {
            Map<String, String> digests = new LinkedHashMap<>();
            for (JsonNode entry : json.path("manifests")) {
                JsonNode platform = entry.path("platform");
                String variant = platform.path("variant").asText("");
                digests.put(
                        platform.path("os").asText() + "/"
                                + platform.path("architecture").asText() + (variant.isEmpty() ? "" : "/" + variant),
                        entry.path("digest").asText());
            }
            return digests;
        }

        /** One of the manifests that this index lists. */
        Manifest of(String platform) throws IOException, InterruptedException {
            String digest = platforms().get(platform);
            if (digest == null) {
                throw new AssertionError("the index has " + platforms() + ", not " + platform);
            }
            return manifest(repository, digest);
        }

        /** The image's configuration. */
        JsonNode config() throws IOException, InterruptedException {
            return JSON.readTree(
                    blob(repository, json.path("config").path("digest").asText()));
        }

        List<byte[]> layers() throws IOException, InterruptedException {
            List<byte[]> layers = new ArrayList<>();
            for (JsonNode layer : json.path("layers")) {
                layers.add(blob(repository, layer.path("digest").asText()));
            }
            return layers;
        }
    }

    /** What an image reference with a tag or digest names. */
    static Manifest read(String reference) throws IOException, InterruptedException {
        String path = reference.substring(reference.indexOf('/') + 1);
        int at = path.indexOf('@') >= 0 ? path.indexOf('@') : path.lastIndexOf(':');
        return manifest(path.substring(0, at), path.substring(at + 1));
    }

    private static Manifest manifest(String repository, String name) throws IOException, InterruptedException {
        byte[] body = get(repository + "/manifests/" + name);
        return new Manifest(repository, digest(body), JSON.readTree(body));
    }

    private static byte[] blob(String repository, String digest) throws IOException, InterruptedException {
        return get(repository + "/blobs/" + digest);
    }

    private static byte[] get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + CommandLine.TESTBED.registry() + "/v2/" + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", MANIFESTS).build();
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(uri + " answered " + response.statusCode());
        }
        return response.body();
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
