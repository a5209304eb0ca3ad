package hudson.console;

import hudson.ExtensionPoint;
import hudson.model.Descriptor;

/** Describes a kind of notes: Jenkins serves its {@code script.js} and {@code style.css} on every page with a log. */
public abstract class ConsoleAnnotationDescriptor extends Descriptor<ConsoleNote<?>> implements ExtensionPoint {
    protected ConsoleAnnotationDescriptor() {}
}
