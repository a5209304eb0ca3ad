package org.jenkinsci.remoting;

/** What one end of a connection is allowed to be asked for. */
public final class Role {
    private final String name;

    public Role(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
