package hudson.console;

import hudson.MarkupText;
import java.io.Serializable;

/** Adds markup to a line of a log as it is shown. */
public abstract class ConsoleAnnotator<T> implements Serializable {
    public abstract ConsoleAnnotator<T> annotate(T context, MarkupText text);
}
