package hudson.security;

/** Something that a person may or may not do. */
public final class Permission {
    public final String name;

    public Permission(String name) {
        this.name = name;
    }
}
