package io.buildkitci.qemu;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.json.PlainJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The container image that installs emulators in the kernel of the engine's machine. */
record BinfmtImage(DockerEngine engine, String image) {
    /** What the engine's machine can do. */
    sealed interface Result {}

    /**
     * @param architectures that it runs now, natively or not, as platforms name them
     * @param by who has its emulators
     * @param ran whether the image was run for that
     */
    record Supports(Set<String> architectures, String by, boolean ran) implements Result {
        Supports {
            architectures = Set.copyOf(architectures);
        }
    }

    /** Nothing, for the reason given. */
    record Failed(String why) implements Result {}

    Result run(Collection<Emulator> uninstall, Collection<Emulator> install) throws InterruptedException {
        List<String> arguments = new ArrayList<>();
        if (!uninstall.isEmpty()) {
            arguments.add("--uninstall");
            arguments.add(uninstall.stream().map(Emulator::entry).collect(Collectors.joining(",")));
        }
        arguments.add("--install");
        arguments.add(names(install));
        Ran ran = engine.runPrivileged(image, arguments);
        if (ran.status().isEmpty()) {
            return new Failed("the engine could not run " + image + ": " + lastLine(ran.output()));
        }
        int status = ran.status().get();
        return status == 0
                ? supported(ran.output())
                : new Failed(image + " ended with status " + status + ": " + lastLine(ran.output()));
    }

    /** For a person to type. */
    String advice(Collection<Emulator> install) {
        return "docker run --privileged --rm " + image + " --install " + names(install);
    }

    private static String names(Collection<Emulator> emulators) {
        return emulators.stream().map(Emulator::architecture).collect(Collectors.joining(","));
    }

    /** It logs a line for each emulator, failed ones too, and ends with an object whose {@code supported} counts. */
    private Result supported(String output) {
        int object = ("\n" + output).lastIndexOf("\n{");
        PlainJson said = PlainJson.parse(object < 0 ? "" : output.substring(object));
        if (said.fields().isEmpty()) {
            return new Failed(image + " did not say what it supports: " + lastLine(output));
        }
        Set<String> architectures = new TreeSet<>();
        for (Object platform : said.values("supported")) {
            String[] parts = platform.toString().split("/", -1);
            if (parts.length > 1 && parts[0].equals("linux")) {
                architectures.add(parts[1]);
            }
        }
        return new Supports(architectures, image, true);
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce((a, b) -> b).orElse("it said nothing");
    }
}
