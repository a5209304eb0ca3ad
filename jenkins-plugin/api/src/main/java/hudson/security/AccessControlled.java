package hudson.security;

/** Something that not everybody may do everything with. */
public interface AccessControlled {
    void checkPermission(Permission permission);

    boolean hasPermission(Permission permission);
}
