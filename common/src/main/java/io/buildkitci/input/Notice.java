package io.buildkitci.input;

/**
 * Something about the inputs that a person should know and that stops nothing.
 *
 * @param input the input in the host's own word
 */
public record Notice(String input, String text) {
    public String render() {
        return input + ": " + text;
    }

    @Override
    public String toString() {
        return render();
    }
}
