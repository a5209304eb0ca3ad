package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;

/** The controller; a test makes its own and says who may do what. */
public class Jenkins extends Node implements AccessControlled, ItemGroup<Object> {
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

    /** {@code null} where nobody has said what it is. */
    public String getRootUrl() {
        return null;
    }

    /** {@code null} when there is none. */
    public Item getItemByFullName(String fullName) {
        return null;
    }

    @Override
    public String getNodeName() {
        return "";
    }

    @Override
    public Launcher createLauncher(TaskListener listener) {
        return new Launcher.LocalLauncher(listener);
    }

    @Override
    public FilePath getRootPath() {
        return new FilePath(root);
    }

    @Override
    protected Computer createComputer() {
        return new Computer(this) {
            @Override
            public VirtualChannel getChannel() {
                return FilePath.localChannel;
            }

            @Override
            public Boolean isUnix() {
                return File.pathSeparatorChar == ':';
            }
        };
    }

    public Computer[] getComputers() {
        return new Computer[] {toComputer()};
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
