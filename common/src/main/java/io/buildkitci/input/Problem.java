package io.buildkitci.input;

/**
 * One thing that is wrong with the inputs.
 *
 * @param input the input in the host's own word
 * @param given what was given, without secrets; empty when the input as a whole is meant
 * @param reason what is wrong and what is accepted, a clause that can follow a colon
 */
public record Problem(String input, String given, String reason) {
    /** One line: {@code --platforms: 'linux/foo': unknown platform; …}. */
    public String render() {
        return input + ": " + (given.isEmpty() ? "" : "'" + given + "': ") + reason;
    }

    @Override
    public String toString() {
        return render();
    }
}
