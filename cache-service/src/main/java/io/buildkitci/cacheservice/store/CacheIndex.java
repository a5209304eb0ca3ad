package io.buildkitci.cacheservice.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What BuildKit stores as the index of a cache: {@code {"layers":[{"blob":"sha256:…"}…],"records":[…]}} (the type {@code
 * CacheConfig} of its {@code remotecache/v1}).
 */
final class CacheIndex {
    private static final String SHA256 = "sha256:";

    /** An index of tens of thousands of layers is smaller; what is larger is kept, and not read. */
    private static final long LARGEST = 16L << 20;

    private CacheIndex() {}

    /** The digests of the layers that it lists; none of what is no such index. */
    static List<String> needs(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return List.of();
        }
        return needs(Files.readAllBytes(file));
    }

    static List<String> needs(byte[] index) {
        Set<String> digests = new LinkedHashSet<>();
        try (JsonParser json = PlainJson.FACTORY.createParser(index)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().equals("blob")) {
                    String value = json.nextTextValue();
                    if (value != null
                            && value.startsWith(SHA256)
                            && EntryKey.isDigest(value.substring(SHA256.length()))) {
                        digests.add(value.substring(SHA256.length()));
                    }
                }
            }
        } catch (IOException e) {
            return List.of(); // it is no JSON, or no text
        }
        return new ArrayList<>(digests);
    }
}
