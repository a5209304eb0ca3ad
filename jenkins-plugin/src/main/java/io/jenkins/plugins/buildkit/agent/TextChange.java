package io.jenkins.plugins.buildkit.agent;

import java.io.IOException;
import java.io.Serializable;

/** A change of a text, made where the text is. */
public interface TextChange extends Serializable {
    /**
     * @param text empty when there is none
     * @throws IOException for a text that it cannot be made to, with a clause that says why
     */
    String apply(String text) throws IOException;
}
