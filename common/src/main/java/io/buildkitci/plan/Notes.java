package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person should know before a build runs, though nothing stands in its way. */
final class Notes {
    private Notes() {}

    static List<String> of(BuildRequest request, Capabilities capabilities, HostWords words) {
        List<String> notes = new ArrayList<>();
        Capabilities.BuilderFacts builder = capabilities.builder();
        String emulated = names(those(request, builder, Natively.EMULATED));
        if (!emulated.isEmpty()) {
            notes.add("emulated with QEMU, several times slower than a native node: " + emulated);
        }
        notes.addAll(absent(request, builder, words));
        if (goesNowhere(request, builder)) {
            notes.add("no output is asked for (push, load or outputs): the result stays in the cache of builder '"
                    + builder.name() + "'");
        }
        return notes;
    }

    private static List<String> absent(BuildRequest request, Capabilities.BuilderFacts builder, HostWords words) {
        List<String> notes = new ArrayList<>();
        List<Platform> absent = those(request, builder, Natively.ABSENT);
        String what = "builder '" + builder.name() + "' does not advertise ";
        String linux = names(absent.stream().filter(Notes::canBeEmulated).toList());
        if (!linux.isEmpty()) {
            notes.add(what + linux
                    + ": RUN steps for it will fail unless an emulator is registered ("
                    + words.step("setup-qemu") + ")");
        }
        String others = names(absent.stream().filter(p -> !canBeEmulated(p)).toList());
        if (!others.isEmpty()) {
            notes.add(what + others + ": RUN steps for it will fail, for only linux is emulated");
        }
        return notes;
    }

    private static boolean canBeEmulated(Platform platform) {
        return platform.os().equals("linux");
    }

    private static List<Platform> those(BuildRequest request, Capabilities.BuilderFacts builder, Natively how) {
        return request.platforms().stream()
                .filter(p -> Natively.of(p, builder.nodes()) == how)
                .toList();
    }

    private static String names(List<Platform> platforms) {
        return platforms.stream().map(Platform::render).collect(Collectors.joining(", "));
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
