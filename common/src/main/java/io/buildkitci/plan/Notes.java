package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person should know before a build runs, though nothing stands in its way. */
final class Notes {
    private Notes() {}

    static List<String> of(BuildRequest request, Capabilities capabilities) {
        List<String> notes = new ArrayList<>();
        Capabilities.BuilderFacts builder = capabilities.builder();
        String emulated = named(request, builder, Natively.EMULATED);
        if (!emulated.isEmpty()) {
            notes.add("emulated with QEMU, several times slower than a native node: " + emulated);
        }
        String absent = named(request, builder, Natively.ABSENT);
        if (!absent.isEmpty()) {
            notes.add("builder '" + builder.name() + "' does not advertise " + absent
                    + ": RUN steps for it will fail unless an emulator is registered (buildkit-ci setup-qemu)");
        }
        if (goesNowhere(request, builder)) {
            notes.add("no output is asked for (push, load or outputs): the result stays in the cache of builder '"
                    + builder.name() + "'");
        }
        return notes;
    }

    private static String named(BuildRequest request, Capabilities.BuilderFacts builder, Natively how) {
        return request.platforms().stream()
                .filter(p -> Natively.of(p, builder.nodes()) == how)
                .map(Platform::render)
                .collect(Collectors.joining(", "));
    }

    private static boolean goesNowhere(BuildRequest request, Capabilities.BuilderFacts builder) {
        BuildRequest.Delivery delivery = request.delivery();
        boolean nothingAsked =
                !delivery.push() && !delivery.load() && delivery.outputs().isEmpty();
        boolean keepsByItself = builder.driver().map(d -> d == Driver.DOCKER).orElse(true);
        boolean builds = request.source().call().map("build"::equals).orElse(true);
        return nothingAsked && builds && !keepsByItself;
    }
}
