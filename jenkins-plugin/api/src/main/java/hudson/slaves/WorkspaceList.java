package hudson.slaves;

import hudson.FilePath;

/** The workspaces of an agent and what lies beside them. */
public final class WorkspaceList {
    private static final String BESIDE = "@tmp";

    private WorkspaceList() {}

    /** Where the temporary files of a workspace go; {@code null} for a root directory. */
    public static FilePath tempDir(FilePath workspace) {
        return workspace.sibling(workspace.getName() + BESIDE);
    }
}
