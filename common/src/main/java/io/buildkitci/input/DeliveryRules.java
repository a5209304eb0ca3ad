package io.buildkitci.input;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Delivery;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.OutputSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold between {@code push}, {@code load}, {@code outputs}, {@code tags} and {@code call}. */
final class DeliveryRules {
    private static final Optional<String> TRUE = Optional.of("true");

    private final InputReader in;
    private final Delivery delivery;
    private final boolean tagged;

    private DeliveryRules(BuildRequest request, InputReader in) {
        this.in = in;
        this.delivery = request.delivery();
        this.tagged = in.isGiven("tags");
    }

    static void check(BuildRequest request, InputReader in) {
        DeliveryRules rules = new DeliveryRules(request, in);
        String call = request.source().call().orElse("build");
        if (!call.startsWith("build")) {
            rules.nothingIsBuilt(call);
            return;
        }
        rules.aPushHasAName();
        rules.pushContradictsNoOutput();
        rules.pushByDigestHasANameAndNoTag();
        rules.cacheonlyStandsAlone();
        rules.noTwoOutputsGoToTheSamePlace();
        rules.namesAreNotReplacedSilently();
    }

    private void nothingIsBuilt(String call) {
        for (String input : List.of("push", "load", "outputs")) {
            boolean asked = input.equals("outputs") ? in.isGiven(input) : in.flag(input);
            if (asked) {
                in.problem(input, "", "there is no result with " + in.word("call") + " '" + call + "'; drop one");
            }
        }
    }

    /** {@code push} makes every image output push, and adds one where there is none. */
    private void aPushHasAName() {
        if (tagged) {
            return;
        }
        List<OutputSpec> images = images();
        List<OutputSpec> nameless = new ArrayList<>();
        for (OutputSpec image : images) {
            if (OutputEntry.names(image).isEmpty()) {
                nameless.add(image);
            }
        }
        if (delivery.push() && nameless.size() == images.size()) {
            in.problem("push", "", "nothing says where to; give tags");
            return;
        }
        for (OutputSpec image : nameless) {
            if (delivery.push() || image.pushes()) {
                in.problem("outputs", image.render(), "nothing says where to; give tags or name=<reference>");
            }
        }
    }

    private List<OutputSpec> images() {
        List<OutputSpec> images = new ArrayList<>();
        for (OutputSpec output : delivery.outputs()) {
            if (output.type().equals("image") || output.type().equals("registry")) {
                images.add(output);
            }
        }
        return images;
    }

    private void pushContradictsNoOutput() {
        for (OutputSpec image : images()) {
            boolean not = image.attributes().get("push").equals(Optional.of("false"));
            if (delivery.push() && not) {
                in.problem("outputs", image.render(), "says push=false while " + in.word("push") + " is set; drop one");
            }
        }
    }

    private void pushByDigestHasANameAndNoTag() {
        for (OutputSpec output : delivery.outputs()) {
            if (!output.pushesByDigest()) {
                continue;
            }
            if (tagged) {
                in.problem("tags", "", "a push by digest takes no tags; give name=<repository> in outputs instead");
            }
            OutputEntry.names(output).stream()
                    .filter(DeliveryRules::hasTag)
                    .forEach(n -> in.problem("outputs", output.render(), "a push by digest takes a name without tag"));
            if (!delivery.push() && !output.pushes()) {
                in.notice("outputs", "push-by-digest does nothing without push=true");
            }
        }
    }

    private static boolean hasTag(String name) {
        try {
            return !ImageRef.parse(name).tag().isEmpty();
        } catch (InvalidValue reported) {
            return false;
        }
    }

    private void cacheonlyStandsAlone() {
        boolean cacheonly = false;
        for (OutputSpec output : delivery.outputs()) {
            cacheonly |= output.type().equals("cacheonly");
        }
        boolean others =
                delivery.push() || delivery.load() || delivery.outputs().size() > 1;
        if (cacheonly && others) {
            in.problem("outputs", "type=cacheonly", "keeps no result; it excludes push, load and other outputs");
        }
    }

    private void noTwoOutputsGoToTheSamePlace() {
        Set<String> places = new HashSet<>();
        int engines = delivery.load() ? 1 : 0;
        for (OutputSpec output : delivery.outputs()) {
            Optional<String> dest = output.attributes().get("dest");
            if (dest.isPresent() && !places.add(dest.get())) {
                in.problem("outputs", output.render(), "another output goes to the same place");
            }
            if (output.type().equals("docker") && dest.isEmpty() && ++engines == 2) {
                in.notice("outputs", "the image is loaded into the engine once; load and type=docker mean the same");
            }
        }
    }

    private void namesAreNotReplacedSilently() {
        boolean named = false;
        for (OutputSpec output : delivery.outputs()) {
            boolean byDigest = output.attributes().get("push-by-digest").equals(TRUE);
            named |= !byDigest && !OutputEntry.names(output).isEmpty();
        }
        if (tagged && named) {
            in.notice("outputs", "name= is not used, because " + in.word("tags") + " takes its place");
        }
    }
}
