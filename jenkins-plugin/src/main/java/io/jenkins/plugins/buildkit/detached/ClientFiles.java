package io.jenkins.plugins.buildkit.detached;

/** Names of what the client's script reads and leaves in the private directory of a build. */
final class ClientFiles {
    /** Variables with secrets; the script reads it, removes it, and only then starts the client. */
    static final String ENVIRONMENT = "environment";

    static final String OUTPUT = "stdout";
    static final String TRACE = "trace";
    static final String PROCESS = "pid";

    /** The exit status; it appears whole, and only when everything else is written. */
    static final String EXIT = "exit";

    private ClientFiles() {}
}
