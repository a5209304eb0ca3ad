package io.buildkitci.model;

/** A text that is not a value of its type: what was given and what would be accepted. Expected, so checked. */
public final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String given;
    private final String reason;

    /**
     * @param given the text as the person typed it
     * @param reason what is wrong with it and what is accepted instead, a clause that can follow a colon
     */
    public InvalidValue(String given, String reason) {
        super("'" + given + "': " + reason, null, false, false);
        this.given = given;
        this.reason = reason;
    }

    public String given() {
        return given;
    }

    public String reason() {
        return reason;
    }
}
