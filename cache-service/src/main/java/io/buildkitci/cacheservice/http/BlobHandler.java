package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.Content;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.store.Upload;
import io.buildkitci.cacheservice.trust.SignedPaths;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Contents in and out, as a client of Azure's blob storage sends and asks for them: one {@code PUT}, or blocks and a list
 * of them; {@code GET} with a range. See the operations Put Blob, Put Block, Put Block List and Get Blob there.
 */
final class BlobHandler {
    /** Azure takes 50,000 blocks, each named in some 100 characters. */
    private static final int LONGEST_LIST = 8 << 20;

    /** The client reads it from every answer without looking whether it is there. */
    private static final String REQUEST_ID = "x-ms-request-id";

    private final Service service;
    private final Supplier<String> ids;

    BlobHandler(Service service, Supplier<String> ids) {
        this.service = service;
        this.ids = ids;
    }

    Reception receive(Request request) {
        String path = request.path().substring(request.path().indexOf(Service.BLOBS) + Service.BLOBS.length());
        if (request.method().equals(HttpMethod.PUT)) {
            return service.paths()
                    .verify(SignedPaths.Direction.UP, path)
                    .map(id -> put(request, id))
                    .orElseGet(() -> Reception.of(outdated()));
        }
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return Reception.of(service.paths()
                    .verify(SignedPaths.Direction.DOWN, path)
                    .map(subject -> get(request, subject))
                    .orElseGet(this::outdated));
        }
        return Reception.of(Replies.wrongMethod());
    }

    /** The client asks for another address once. */
    private Reply outdated() {
        return Replies.denied("this address was not given for that, or its time is over");
    }

    private Reception put(Request request, String id) {
        Optional<Upload> upload = service.store().upload(id);
        if (upload.isEmpty()) {
            return Reception.of(Replies.notFound("this upload is over"));
        }
        String part = request.parameter("comp").orElse("");
        return switch (part) {
            case "" -> whole(request, upload.get());
            case "block" -> block(request, upload.get());
            case "blocklist" -> Reception.ofText(LONGEST_LIST, xml -> list(xml, upload.get()));
            default -> Reception.of(Replies.malformed("'comp' is block or blocklist"));
        };
    }

    private Reception whole(Request request, Upload upload) {
        return stored(request, upload, (offset, length) -> {
            upload.block("", offset, length);
            return upload.assemble(List.of(""));
        });
    }

    private Reception block(Request request, Upload upload) {
        Optional<String> name = request.parameter("blockid").filter(n -> !n.isEmpty());
        if (name.isEmpty()) {
            return Reception.of(Replies.malformed("a block needs a 'blockid'"));
        }
        return stored(request, upload, (offset, length) -> {
            upload.block(name.get(), offset, length);
            return true;
        });
    }

    /** What becomes of a stretch that came whole. */
    @FunctionalInterface
    private interface Stored {
        boolean at(long offset, long length);
    }

    private Reception stored(Request request, Upload upload, Stored stored) {
        if (request.length().isEmpty()) {
            return Reception.of(
                    Reply.failure(HttpResponseStatus.LENGTH_REQUIRED, "invalid_argument", "the length has to be said"));
        }
        long length = request.length().get();
        long offset = upload.reserve(length);
        return new Reception() {
            private long received;

            @Override
            public void body(ByteBuf piece) {
                for (ByteBuffer part : piece.nioBuffers()) {
                    int bytes = part.remaining();
                    upload.write(offset + received, part);
                    received += bytes;
                }
            }

            @Override
            public Reply end() {
                return received == length && stored.at(offset, length)
                        ? created()
                        : Replies.malformed("fewer bytes came than were announced");
            }
        };
    }

    private Reply list(String xml, Upload upload) {
        Optional<List<String>> names = BlockList.parse(xml);
        if (names.isEmpty()) {
            return Replies.malformed("this is no list of blocks");
        }
        return upload.assemble(new ArrayList<>(names.get()))
                ? created()
                : Replies.malformed("the list names a block that did not come");
    }

    private Reply created() {
        return new Reply.Text(HttpResponseStatus.CREATED, "application/xml", "", Map.of(REQUEST_ID, ids.get()));
    }

    private Reply get(Request request, String subject) {
        int end = subject.lastIndexOf('\0');
        String sha256 = subject.substring(end + 1);
        Optional<Content> content = service.store().open(EntryKey.parse(subject.substring(0, end)), sha256);
        if (content.isEmpty()) {
            return new Reply.Text(HttpResponseStatus.NOT_FOUND, "application/xml", "", Map.of(REQUEST_ID, ids.get()));
        }
        return stretch(request, content.get(), sha256);
    }

    private Reply stretch(Request request, Content content, String sha256) {
        String asked = request.header("x-ms-range")
                .or(() -> request.header(HttpHeaderNames.RANGE))
                .orElse("");
        Optional<ByteRange> range = ByteRange.parse(asked, content.size());
        if (!asked.isEmpty() && range.isEmpty()) {
            Replies.discard(new Reply.Stretch(HttpResponseStatus.OK, content, 0, 0, Map.of()));
            return new Reply.Text(
                    HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                    "application/xml",
                    "",
                    Map.of(REQUEST_ID, ids.get(), "Content-Range", "bytes */" + content.size()));
        }
        ByteRange bytes = range.orElse(new ByteRange(0, content.size()));
        Map<String, String> headers = asked.isEmpty()
                ? Map.of(REQUEST_ID, ids.get(), "ETag", '"' + sha256 + '"', "Accept-Ranges", "bytes")
                : Map.of(
                        REQUEST_ID,
                        ids.get(),
                        "ETag",
                        '"' + sha256 + '"',
                        "Content-Range",
                        bytes.render(content.size()));
        HttpResponseStatus status = asked.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.PARTIAL_CONTENT;
        return new Reply.Stretch(status, content, bytes.from(), bytes.length(), headers);
    }
}
