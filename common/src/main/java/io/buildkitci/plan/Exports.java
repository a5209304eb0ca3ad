package io.buildkitci.plan;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.List;

/** What BuildKit's exporters are told for {@code push}, {@code outputs}, {@code tags} and {@code annotations}. */
final class Exports {
    private Exports() {}

    static List<OutputSpec> of(BuildRequest request) {
        boolean push = request.delivery().push();
        List<OutputSpec> exports = new ArrayList<>();
        boolean pushed = false;
        for (OutputSpec output : request.delivery().outputs()) {
            if (output.type().equals("cacheonly")) {
                continue;
            }
            boolean image = output.type().equals("image") || output.type().equals("registry");
            boolean pushes = output.type().equals("registry") || (image && push);
            pushed |= image && push;
            exports.add(named(
                    pushes ? pushing(output.attributes()) : output,
                    request.naming().tags()));
        }
        if (push && !pushed) {
            exports.add(named(pushing(Attributes.NONE), request.naming().tags()));
        }
        return annotated(exports, request.naming().annotations());
    }

    /** What is only pushed need not be unpacked on the builder. */
    private static OutputSpec pushing(Attributes attributes) {
        Attributes pushing = attributes.with("push", "true");
        return new OutputSpec("image", pushing.get("unpack").isPresent() ? pushing : pushing.with("unpack", "false"));
    }

    private static OutputSpec named(OutputSpec output, List<ImageRef> tags) {
        boolean takesName = List.of("image", "oci", "docker").contains(output.type());
        if (tags.isEmpty() || !takesName) {
            return output;
        }
        List<String> names = new ArrayList<>();
        for (ImageRef tag : tags) {
            names.add(tag.render());
        }
        return new OutputSpec(output.type(), output.attributes().with("name", String.join(",", names)));
    }

    private static List<OutputSpec> annotated(List<OutputSpec> exports, List<Setting> annotations) {
        List<OutputSpec> annotated = new ArrayList<>();
        for (OutputSpec export : exports) {
            Attributes attributes = export.attributes();
            for (Setting annotation : annotations) {
                for (String key : keys(annotation.name())) {
                    attributes = attributes.with(key, annotation.value());
                }
            }
            annotated.add(new OutputSpec(export.type(), attributes));
        }
        return annotated;
    }

    /**
     * {@code index,manifest[linux/amd64]:name} as {@code annotation-index.name} and so on. There is one index for all
     * platforms.
     */
    private static List<String> keys(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return List.of("annotation." + name);
        }
        List<String> keys = new ArrayList<>();
        for (String type : name.substring(0, colon).split(",", -1)) {
            String annotated = type.startsWith("index") ? type.replaceFirst("\\[.*", "") : type;
            keys.add("annotation-" + annotated + "." + name.substring(colon + 1));
        }
        return keys;
    }
}
