package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Naming;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the result is called. */
final class NamingInputs {
    private static final Set<String> ANNOTATED = Set.of("manifest", "index", "manifest-descriptor", "index-descriptor");
    private static final Pattern ANNOTATION_TYPE = Pattern.compile("([a-z-]+)(?:\\[([\\w/-]+)\\])?");

    private NamingInputs() {}

    static Naming read(InputReader in) {
        return new Naming(
                in.each("tags", NamingInputs::tag),
                Settings.eachOnce(in, "labels", NamingInputs::label),
                Settings.eachOnce(in, "annotations", NamingInputs::annotation));
    }

    private static ImageRef tag(String text) throws InvalidValue {
        ImageRef ref = ImageRef.parse(text);
        if (!ref.digest().isEmpty()) {
            throw new InvalidValue(text, "a tag cannot hold a digest; write [registry[:port]/]repository[:tag]");
        }
        return ref;
    }

    /** A bare name is a label without a value, as in buildx. */
    private static Setting label(String text) throws InvalidValue {
        return text.indexOf('=') < 0 ? new Setting(text, "") : Settings.parse(text);
    }

    private static Setting annotation(String text) throws InvalidValue {
        Setting annotation = Settings.parse(text);
        int colon = annotation.name().indexOf(':');
        if (colon >= 0) {
            for (String type : annotation.name().substring(0, colon).split(",", -1)) {
                checkAnnotated(text, type);
            }
        }
        if (colon == annotation.name().length() - 1) {
            throw new InvalidValue(text, "has no name before the '='");
        }
        return annotation;
    }

    private static void checkAnnotated(String text, String type) throws InvalidValue {
        Matcher matcher = ANNOTATION_TYPE.matcher(type);
        if (!matcher.matches() || !ANNOTATED.contains(matcher.group(1))) {
            throw new InvalidValue(
                    text,
                    "'" + type + "' cannot be annotated; accepted before the ':' are manifest, index,"
                            + " manifest-descriptor and index-descriptor, each with [platform] if wanted");
        }
        if (matcher.group(2) != null) {
            Platform.parse(matcher.group(2));
        }
    }
}
