package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a daemon of a person who is not root needs, and what helps where it does not start. */
final class Rootless {
    /** Makes the user namespace, by {@code newuidmap} and the ranges of {@code /etc/subuid}. */
    static final String ROOTLESSKIT = "rootlesskit";

    static final List<String> PROGRAMS = List.of(ROOTLESSKIT, "newuidmap", "newgidmap");

    private static final String OTHERWISE = ", or run this as root";

    private static final List<Remedy> REMEDIES = List.of(
            new Remedy(
                    "No subuid ranges found",
                    "give this user ranges of ids: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 <name>"),
            new Remedy(
                    "No subgid ranges found",
                    "give this user a range of group ids: usermod --add-subgids 100000-165535 <name>"),
            new Remedy(
                    "new[ug]idmap: .*Operation not permitted",
                    "newuidmap and newgidmap must be setuid root and free to use it: no no-new-privileges, and on Ubuntu"
                            + " sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
            new Remedy(
                    "fork/exec /proc/self/exe: no space left on device",
                    "allow user namespaces: sysctl user.max_user_namespaces=28633"),
            new Remedy(
                    "fork/exec /proc/self/exe: (?:operation not permitted|permission denied|invalid argument)",
                    "allow this user to make user namespaces: sysctl kernel.unprivileged_userns_clone=1 on Debian,"
                            + " kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu, and in a container seccomp and"
                            + " AppArmor profiles that are unconfined"));

    /** What helps where the log has this. */
    private record Remedy(Pattern said, String advice) {
        Remedy(String said, String advice) {
            this(Pattern.compile(said), advice);
        }
    }

    private Rootless() {}

    /**
     * runc and buildkitd keep their files where the person may write only when these say that they are not in a container's
     * root; both would use {@code /run} otherwise.
     */
    static Map<String, String> environment(Path directory) {
        return Map.of("USER", "rootless", "XDG_RUNTIME_DIR", directory.toString());
    }

    /** The longest name of a socket that the programs make below that directory. */
    static Path longestSocket(Path directory) {
        return directory.resolve("buildkit/otel-grpc.sock");
    }

    static BuilderFailure missing(String program, BuildkitPrograms programs) {
        BuilderFailure failure = Daemons.missing(program, programs);
        return new BuilderFailure(
                Reason.NO_BUILDKIT,
                failure.text(),
                "install what rootless daemons need (packages rootlesskit and uidmap)" + OTHERWISE,
                List.of());
    }

    /** What helps, if the daemon's log tells why there is no user namespace. */
    static Optional<String> remedy(List<String> log) {
        return REMEDIES.stream()
                .filter(remedy -> log.stream()
                        .anyMatch(line -> remedy.said().matcher(line).find()))
                .map(remedy -> remedy.advice() + OTHERWISE)
                .findFirst();
    }
}
