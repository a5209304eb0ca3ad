package io.jenkins.plugins.buildkit.cache;

import hudson.util.FormValidation;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Whether a service runs in this Jenkins as a form has it, or whether it could. */
final class HostingTrial {
    private HostingTrial() {}

    static FormValidation of(Checked<Hosting> checked, RunningService.State state) throws InterruptedException {
        if (checked instanceof Checked.Invalid<Hosting> invalid) {
            return FormValidation.error(
                    invalid.problems().stream().map(Problem::render).collect(Collectors.joining("; ")));
        }
        Hosting wanted = ((Checked.Valid<Hosting>) checked).value();
        return state instanceof RunningService.Running running && isSamePlace(wanted, running.hosting())
                ? asked(running, wanted)
                : foreseen(wanted, state);
    }

    private static boolean isSamePlace(Hosting wanted, Hosting running) {
        return wanted.settings().listen().equals(running.settings().listen())
                && wanted.settings().directory().equals(running.settings().directory());
    }

    private static FormValidation asked(RunningService.Running running, Hosting wanted) throws InterruptedException {
        URI here = Addresses.here(running.hosting(), running.service().address());
        URI address = wanted.advertised().orElse(here);
        Health.Answer answer = Health.of(address);
        if (answer instanceof Health.Well) {
            return FormValidation.ok("The service runs and answers at " + address);
        }
        return FormValidation.warning(
                "The service runs, but " + address + " does not answer here: " + ((Health.Ill) answer).reason());
    }

    private static FormValidation foreseen(Hosting wanted, RunningService.State state) {
        Path directory = wanted.settings().directory();
        if (!isWritable(directory)) {
            return FormValidation.error("The directory " + directory + " cannot be written to by Jenkins");
        }
        InetSocketAddress listen = wanted.settings().listen();
        boolean ours = state instanceof RunningService.Running running
                && running.service().address().getPort() == listen.getPort();
        if (!ours) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(listen);
            } catch (IOException e) {
                return FormValidation.error("Nothing can listen at " + listen.getHostString() + ":" + listen.getPort()
                        + ": " + e.getMessage());
            }
        }
        return FormValidation.ok("The port is free and the directory " + directory
                + " can be written to; the service starts with these settings when they are saved");
    }

    /** It may have to be made. */
    private static boolean isWritable(Path directory) {
        Path there = directory;
        while (!Files.exists(there)) {
            Path above = there.getParent();
            if (above == null) {
                return false;
            }
            there = above;
        }
        return Files.isDirectory(there) && Files.isWritable(there);
    }
}
