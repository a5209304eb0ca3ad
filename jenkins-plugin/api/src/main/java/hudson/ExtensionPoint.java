package hudson;

/** What plugins may add implementations of. */
public interface ExtensionPoint {}
