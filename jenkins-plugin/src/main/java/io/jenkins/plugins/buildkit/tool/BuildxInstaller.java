package io.jenkins.plugins.buildkit.tool;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.ProxyConfiguration;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolInstallerDescriptor;
import hudson.util.FormValidation;
import io.buildkitci.install.Source;
import io.buildkitci.install.Tool;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.ToolVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Installs a release of buildx on an agent, from the project's own page or a mirror of it. */
public final class BuildxInstaller extends ToolInstaller {
    /** Where the project publishes its releases: a folder with one folder for each. */
    private static final String HOME = Source.GITHUB + "/" + Tool.BUILDX.repository() + "/releases/download";

    private String version = Tool.BUILDX.tested().version();
    private String mirror = "";

    @DataBoundConstructor
    public BuildxInstaller(@Nullable String label) {
        super(label);
    }

    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = version.strip();
    }

    public String getMirror() {
        return mirror;
    }

    @DataBoundSetter
    public void setMirror(String mirror) {
        this.mirror = mirror.strip();
    }

    @Override
    public FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException {
        String release = release(version)
                .orElseThrow(() -> new AbortException("tool '" + tool.getName() + "': " + notARelease(version)));
        FilePath folder = preferredLocation(tool, node);
        String base = mirror.isEmpty() ? HOME : mirror;
        String said = folder.act(download(release, base));
        if (!said.isEmpty()) {
            log.getLogger().println(said + " on " + node.getDisplayName());
        }
        return folder;
    }

    /** Jenkins' proxy is the agent's too, for hosts that are not exempted from it. */
    private static BuildxDownload download(String release, String base) {
        ProxyConfiguration configured = Jenkins.get().getProxy();
        Proxy proxy = configured == null
                ? Proxy.NO_PROXY
                : configured.createProxy(URI.create(base).getHost());
        return proxy.address() instanceof InetSocketAddress address
                ? new BuildxDownload(release, base, address.getHostString(), address.getPort())
                : new BuildxDownload(release, base, "", 0);
    }

    /** With its {@code v}; empty for what is no release, as {@code latest} is none. */
    private static Optional<String> release(String text) {
        try {
            return ToolVersion.parse(text) instanceof ToolVersion.Exact exact
                    ? Optional.of(exact.version())
                    : Optional.empty();
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static String notARelease(String version) {
        return "'" + version + "' is not a release of buildx; accepted are versions such as "
                + Tool.BUILDX.tested().version();
    }

    /** Its form. */
    @Extension
    @Symbol("buildxRelease")
    public static final class DescriptorImpl extends ToolInstallerDescriptor<BuildxInstaller> {
        @Override
        public String getDisplayName() {
            return "Install a release of buildx";
        }

        @Override
        public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
            return toolType == BuildxInstallation.class;
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            Optional<String> release = release(value);
            return release.isPresent() ? FormValidation.ok() : FormValidation.error(notARelease(value));
        }

        /** Looks at the address only: nothing is asked of the network. */
        @POST
        public FormValidation doCheckMirror(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.isBlank() || isWeb(value.strip())
                    ? FormValidation.ok()
                    : FormValidation.error("not the address of a web server; accepted are https:// and http://");
        }

        private static boolean isWeb(String address) {
            try {
                URI uri = new URI(address);
                return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
