package jenkins.model;

import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;

/** The controller; a test makes its own and says who may do what. */
public class Jenkins implements AccessControlled {
    public static final Permission ADMINISTER = new Permission("Administer");
    public static final Permission SYSTEM_READ = new Permission("SystemRead");

    private static volatile Jenkins instance;

    private final File root;

    public Jenkins(File root) {
        this.root = root;
    }

    public static Jenkins get() {
        if (instance == null) {
            throw new IllegalStateException("no Jenkins is running here");
        }
        return instance;
    }

    public static Jenkins getInstanceOrNull() {
        return instance;
    }

    /** What {@link #get} answers from now on; for tests. */
    public static void started(Jenkins jenkins) {
        instance = jenkins;
    }

    public File getRootDir() {
        return root;
    }

    public String getLegacyInstanceId() {
        return "local";
    }

    public Computer[] getComputers() {
        return new Computer[0];
    }

    public Node getNode(String name) {
        return null;
    }

    public Label getLabel(String expression) {
        return null;
    }

    public ProxyConfiguration getProxy() {
        return null;
    }

    @Override
    public void checkPermission(Permission permission) {
        if (!hasPermission(permission)) {
            throw new SecurityException("needs " + permission.name);
        }
    }

    @Override
    public boolean hasPermission(Permission permission) {
        return true;
    }
}
