package io.buildkitci.action.host;

import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Diagnosis;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.BuildPlanner;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Machines;
import io.buildkitci.plan.Planned;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.words.HostWords;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every advice that the engine gives, in the words of a host. */
public final class Advice {
    private Advice() {}

    public static List<String> all(HostWords words) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        Arrays.stream(FailureCode.values()).forEach(code -> texts.add(code.advice(words)));
        texts.addAll(ofPlans(words));
        texts.addAll(ofDiagnoses(words));
        return texts;
    }

    private static List<String> ofPlans(HostWords words) {
        List<String> texts = new ArrayList<>();
        Capabilities engine = Machines.engineWithoutContainerd();
        Asked attested = Asked.of("platforms", "amd64,arm64", "sbom", "true", "cache-to", "type=gha");
        if (BuildPlanner.plan(attested.request(), engine, RunPlace.SHOWN, words) instanceof Planned.Refused refused) {
            refused.obstacles().forEach(obstacle -> texts.add(obstacle.remedy()));
        }
        Asked absent = Asked.of("platforms", "s390x");
        if (BuildPlanner.plan(absent.request(), engine, RunPlace.SHOWN, words) instanceof Planned.Ready ready) {
            texts.addAll(ready.plan().notes());
        }
        return texts;
    }

    private static List<String> ofDiagnoses(HostWords words) throws InterruptedException {
        PlayedMachine bare = new PlayedMachine().without("BUILDKIT_CI_BUILDX");
        bare.engine = FakeDockerEngine.unreachable("no such file");
        PlayedMachine old = new PlayedMachine();
        old.engine = new FakeDockerEngine(
                new DockerEngine.Info("24.0.9", "Alpine", "linux", "x86_64", false, true, EngineProduct.DOCKER));
        old.runner
                .on(PlayedMachine.BUILDX, "inspect", "nope")
                .err("ERROR: no builder \"nope\" found")
                .exit(1);
        List<String> texts = new ArrayList<>(remedies(bare, Optional.empty(), words));
        texts.addAll(remedies(old, Optional.of("nope"), words));
        return texts;
    }

    private static List<String> remedies(PlayedMachine machine, Optional<String> builder, HostWords words)
            throws InterruptedException {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Host host = machine.host(nowhere, nowhere);
            return new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram())
                    .diagnose(builder, words).findings().stream()
                            .map(Diagnosis.Finding::remedy)
                            .toList();
        }
    }
}
