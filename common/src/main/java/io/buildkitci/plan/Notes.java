package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Platform;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person should know before a build runs, though nothing stands in its way. */
final class Notes {
    private Notes() {}

    static List<String> of(BuildRequest request, Capabilities capabilities, HostWords words) {
        List<String> notes = new ArrayList<>();
        if (capabilities.client() instanceof Capabilities.DockerBuild) {
            notes.add("there is no buildx here: the engine's own BuildKit builds, through docker build");
        }
        Capabilities.BuilderFacts builder = capabilities.builder();
        String emulated = names(those(request, builder, Natively.EMULATED));
        if (!emulated.isEmpty()) {
            notes.add("emulated with QEMU, several times slower than a native node: " + emulated);
        }
        notes.addAll(absent(request, builder, words));
        notes.addAll(notRead(request, capabilities));
        notes.addAll(misnamed(request));
        if (goesNowhere(request, builder)) {
            notes.add("no output is asked for (push, load or outputs): the result stays in the cache of builder '"
                    + builder.name() + "'");
        }
        return notes;
    }

    /** BuildKit goes on without a cache that it cannot read. */
    private static List<String> notRead(BuildRequest request, Capabilities capabilities) {
        Optional<Setup> setup = Setup.of(capabilities);
        List<String> notes = new ArrayList<>();
        for (CacheSpec cache : request.caching().from()) {
            Optional<Ability> ability =
                    switch (cache.type()) {
                        case "s3" -> Optional.of(Ability.IMPORT_S3);
                        case "azblob" -> Optional.of(Ability.IMPORT_AZBLOB);
                        default -> Optional.empty();
                    };
            if (setup.isPresent() && ability.isPresent() && !setup.get().can(ability.get())) {
                notes.add("caches of type " + cache.type() + " are not read: driver "
                        + setup.get().title() + " knows none");
            }
        }
        return notes;
    }

    private static List<String> misnamed(BuildRequest request) {
        List<String> notes = new ArrayList<>();
        for (OutputSpec layout : StagedOutputs.misnamed(request.delivery())) {
            notes.add("the index of the OCI layout in '"
                    + layout.attributes().get("dest").orElse("")
                    + "' may name the image of another output, which is not in it; write it by a build of its own, or as an"
                    + " archive (without tar=false)");
        }
        return notes;
    }

    private static List<String> absent(BuildRequest request, Capabilities.BuilderFacts builder, HostWords words) {
        List<String> notes = new ArrayList<>();
        List<Platform> absent = those(request, builder, Natively.ABSENT);
        String what = "builder '" + builder.name() + "' does not advertise ";
        String linux = names(ofLinux(absent, true));
        if (!linux.isEmpty()) {
            notes.add(what + linux
                    + ": RUN steps for it will fail unless an emulator is registered ("
                    + words.step("setup-qemu") + ")");
        }
        String others = names(ofLinux(absent, false));
        if (!others.isEmpty()) {
            notes.add(what + others + ": RUN steps for it will fail, for only linux is emulated");
        }
        return notes;
    }

    /** Linux is all that can be emulated. */
    private static List<Platform> ofLinux(List<Platform> platforms, boolean wanted) {
        List<Platform> those = new ArrayList<>();
        for (Platform platform : platforms) {
            if (platform.os().equals("linux") == wanted) {
                those.add(platform);
            }
        }
        return those;
    }

    private static List<Platform> those(BuildRequest request, Capabilities.BuilderFacts builder, Natively how) {
        List<Platform> those = new ArrayList<>();
        for (Platform platform : request.platforms()) {
            if (Natively.of(platform, builder.nodes()) == how) {
                those.add(platform);
            }
        }
        return those;
    }

    private static String names(List<Platform> platforms) {
        List<String> names = new ArrayList<>();
        for (Platform platform : platforms) {
            names.add(platform.render());
        }
        return String.join(", ", names);
    }

    private static boolean goesNowhere(BuildRequest request, Capabilities.BuilderFacts builder) {
        BuildRequest.Delivery delivery = request.delivery();
        boolean nothingAsked =
                !delivery.push() && !delivery.load() && delivery.outputs().isEmpty();
        boolean keepsByItself = builder.driver().orElse(Driver.DOCKER) == Driver.DOCKER;
        boolean builds = request.source().call().orElse("build").equals("build");
        return nothingAsked && builds && !keepsByItself;
    }
}
