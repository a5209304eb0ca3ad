package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A web of pages that are put into it; of anything else it answers that there is nothing. */
public final class PlayedWeb implements Web {
    private final Map<String, byte[]> pages = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean down;

    public PlayedWeb page(String address, String content) {
        return page(address, content.getBytes(UTF_8));
    }

    public PlayedWeb page(String address, byte[] content) {
        pages.put(address, content.clone());
        return this;
    }

    /** From now on nobody answers. */
    public void down() {
        down = true;
    }

    /** Every address that was asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Reply get(URI address, Map<String, String> headers) throws IOException {
        asked.add(address.toString());
        if (down) {
            throw new IOException("network is unreachable");
        }
        byte[] page = pages.get(address.toString());
        InputStream content = new ByteArrayInputStream(page == null ? new byte[0] : page);
        return new PlayedReply(page == null ? 404 : 200, content);
    }

    private record PlayedReply(int status, InputStream content) implements Reply {
        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
