package io.buildkitci.process;

class InMemoryWorkspacesTest implements WorkspacesContract {
    private final InMemoryFiles files = new InMemoryFiles();
    private final Workspaces workspaces = new InMemoryWorkspaces(files);

    @Override
    public Workspaces workspaces() {
        return workspaces;
    }

    @Override
    public HostFiles files() {
        return files;
    }
}
