package io.buildkitci.build;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A directory with images or caches in it, to which a client adds: contents by their digests, and an index that names them. A
 * client changes the index in its place, so that it is told another directory, and what that gets is added here: contents
 * first, the index last and by one rename, so that it never names what is not there.
 */
record OciLayout(HostFiles files, Path target) {
    private static final String CONTENTS = "blobs";
    private static final String VERSION = "oci-layout";
    private static final String INDEX = "index.json";
    private static final String MANIFESTS = "manifests";

    /** What a client does not write again where it finds it. */
    void lendTo(Path fresh) {
        if (files.isDirectory(target.resolve(CONTENTS))) {
            files.link(target.resolve(CONTENTS), fresh.resolve(CONTENTS));
        }
    }

    /** Whether a client has written one. */
    boolean isIn(Path fresh) {
        return files.isReadable(fresh.resolve(INDEX));
    }

    /** Adds what a client has written, where that is whole. */
    void add(Path fresh) throws IOException {
        String more = files.read(fresh.resolve(INDEX))
                .orElseThrow(() -> new IOException(fresh.resolve(INDEX) + " cannot be read"));
        for (PlainJson manifest : PlainJson.parse(more).objects(MANIFESTS)) {
            String digest = manifest.text("digest");
            if (!isThere(digest, fresh) && !isThere(digest, target)) {
                throw new IOException(target + " would name " + digest + ", which the client has not written");
            }
        }
        files.deliver(fresh.resolve(CONTENTS), target.resolve(CONTENTS));
        files.deliver(fresh.resolve(VERSION), target.resolve(VERSION));
        Path index = target.resolve(INDEX);
        String sum = sum(files.read(index).orElse(""), more);
        files.replace(index, sum.getBytes(StandardCharsets.UTF_8));
        files.remove(fresh);
    }

    private boolean isThere(String digest, Path layout) {
        return files.isReadable(layout.resolve(CONTENTS).resolve(digest.replace(':', '/')));
    }

    /** The index with what another one names in place of what it names the same; one that is none is replaced. */
    static String sum(String there, String more) {
        PlainJson old = PlainJson.parse(there);
        PlainJson added = PlainJson.parse(more);
        List<Object> manifests = new ArrayList<>();
        for (PlainJson manifest : old.objects(MANIFESTS)) {
            if (added.objects(MANIFESTS).stream().noneMatch(other -> isSame(manifest, other))) {
                manifests.add(manifest.fields());
            }
        }
        if (manifests.isEmpty()) {
            return more;
        }
        added.objects(MANIFESTS).forEach(manifest -> manifests.add(manifest.fields()));
        Map<String, Object> fields = new LinkedHashMap<>();
        old.fields().forEach((name, value) -> fields.put(String.valueOf(name), value));
        fields.put(MANIFESTS, manifests);
        return JsonText.line(fields);
    }

    /** As BuildKit's own client has it: the same name and tag, or, without any, the same in all. */
    private static boolean isSame(PlainJson one, PlainJson other) {
        Map<String, String> name = names(one);
        return name.equals(names(other))
                && (name.values().stream().anyMatch(text -> !text.isEmpty())
                        || Objects.equals(one.fields(), other.fields()));
    }

    private static Map<String, String> names(PlainJson manifest) {
        PlainJson annotations = manifest.object("annotations");
        return Map.of(
                "tag", annotations.text("org.opencontainers.image.ref.name"),
                "name", annotations.text("io.containerd.image.name"));
    }
}
