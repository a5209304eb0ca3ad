package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An sshd of the test's own on loopback, which lets one key in, and an ssh that knows it as {@code far} and
 * {@code stranger}, with another key.
 */
final class OwnSshd implements AutoCloseable {
    /** What a server wants to find on its machine, and this machine need not have. */
    private static final String START = """
            grep '^sshd:' /etc/passwd > /dev/null || {
              { cat /etc/passwd; echo 'sshd:x:4243:4243::/:/bin/false'; } > passwd
              mount --bind passwd /etc/passwd
            }
            mount -t tmpfs own /run && mkdir -m 755 /run/sshd && exec "$@"
            """;

    private static final String SERVER = """
            Port %1$d
            ListenAddress 127.0.0.1
            HostKey %2$s
            AuthorizedKeysFile %3$s.pub
            PermitRootLogin yes
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PidFile none
            SetEnv PATH=%4$s:/usr/bin:/bin
            """;

    private static final String CLIENT = """
            Host far
              IdentityFile %3$s
            Host stranger
              IdentityFile %4$s
            Host unknown
              IdentityFile %3$s
              UserKnownHostsFile /dev/null
            Host nobody
              Port 1
            Host *
              HostName 127.0.0.1
              Port %1$d
              User root
              IdentitiesOnly yes
              UserKnownHostsFile %2$s/known
              HostKeyAlias own
              GlobalKnownHostsFile /dev/null
            """;

    private final Running server;
    private final CommandLine reaching;

    static OwnSshd start(CommandLine with) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(with.folder().resolve("ssh"));
        Path host = SshKey.in(folder, with).file();
        Path letIn = SshKey.in(folder, with).file();
        Path another = SshKey.in(folder, with).file();
        int port = FreePorts.next();
        Files.writeString(folder.resolve("known"), "own " + new SshKey(host).publicLine());
        Files.writeString(
                folder.resolve("sshd_config"),
                SERVER.formatted(port, host, letIn, TESTBED.buildctl().getParent()));
        Files.writeString(folder.resolve("ssh_config"), CLIENT.formatted(port, folder, letIn, another));
        Path ssh = folder.resolve("bin/ssh");
        Files.createDirectories(ssh.getParent());
        Files.writeString(ssh, "#!/bin/sh\nexec /usr/bin/ssh -F '" + folder.resolve("ssh_config") + "' \"$@\"\n");
        if (!ssh.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + ssh);
        }
        List<String> argv = List.of(
                "unshare",
                "--mount",
                "sh",
                "-e",
                "-c",
                START,
                "start",
                TESTBED.value("sshd"),
                "-D",
                "-e",
                "-f",
                folder.resolve("sshd_config").toString());
        Running server = Running.start(argv, Map.of("PATH", System.getenv("PATH")), folder, folder);
        OwnSshd sshd = new OwnSshd(
                server,
                with.with("PATH", ssh.getParent() + ":" + with.environment().getOrDefault("PATH", "")));
        server.awaitErr("Server listening on");
        return sshd;
    }

    private OwnSshd(Running server, CommandLine reaching) {
        this.server = server;
        this.reaching = reaching;
    }

    /** The command line on whose path there is an ssh that knows this server. */
    CommandLine reaching() {
        return reaching;
    }

    @Override
    public void close() {
        server.close();
    }
}
