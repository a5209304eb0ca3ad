package hudson.tools;

/** Something that a tool's configuration says beyond the usual, such as how it is installed. */
public abstract class ToolProperty<T extends ToolInstallation> {}
