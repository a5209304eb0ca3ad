package io.buildkitci.failure;

/** How the host calls what a person can change, so that advice is written once and still names the right thing. */
public interface HostWords {
    /** The inputs' and steps' own names, for a host that has no words of its own. */
    HostWords PLAIN = new HostWords() {
        @Override
        public String input(String name) {
            return "'" + name + "'";
        }

        @Override
        public String step(String name) {
            return "'" + name + "'";
        }
    };

    /** An input as a person of this host writes it: {@code platforms} is {@code --platforms} on a command line. */
    String input(String name);

    /** A step as a person of this host runs it: {@code setup-qemu} is {@code buildkit-ci setup-qemu}. */
    String step(String name);
}
