package io.jenkins.plugins.buildkit.cache;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A service in this Jenkins keeps them, on a port of its own. */
public final class EmbeddedService extends ServiceChoice {
    static final int DEFAULT_PORT = 8321;
    static final String DEFAULT_DIRECTORY = "buildkit-cache";
    static final String DEFAULT_QUOTA = "50GiB";

    private int port = DEFAULT_PORT;
    private String bindAddress = "";
    private String address = "";
    private String directory = DEFAULT_DIRECTORY;
    private String quota = DEFAULT_QUOTA;
    private String namespaceQuota = "";
    private String tlsCredentialsId = "";
    private String tlsCertificateFile = "";
    private String tlsKeyFile = "";

    @DataBoundConstructor
    public EmbeddedService() {}

    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    public String getBindAddress() {
        return bindAddress;
    }

    /** @param bindAddress empty text for every address of this machine */
    @DataBoundSetter
    public void setBindAddress(String bindAddress) {
        this.bindAddress = bindAddress.strip();
    }

    public String getAddress() {
        return address;
    }

    /** @param address where builders reach it; empty text to have them try */
    @DataBoundSetter
    public void setAddress(String address) {
        this.address = address.strip();
    }

    public String getDirectory() {
        return directory;
    }

    /** @param directory absolute, or in Jenkins' home */
    @DataBoundSetter
    public void setDirectory(String directory) {
        this.directory = directory.isBlank() ? DEFAULT_DIRECTORY : directory.strip();
    }

    public String getQuota() {
        return quota;
    }

    @DataBoundSetter
    public void setQuota(String quota) {
        this.quota = quota.isBlank() ? DEFAULT_QUOTA : quota.strip();
    }

    public String getNamespaceQuota() {
        return namespaceQuota;
    }

    /** @param namespaceQuota of one job; empty text for the whole */
    @DataBoundSetter
    public void setNamespaceQuota(String namespaceQuota) {
        this.namespaceQuota = namespaceQuota.strip();
    }

    public String getTlsCredentialsId() {
        return tlsCredentialsId;
    }

    @DataBoundSetter
    public void setTlsCredentialsId(String tlsCredentialsId) {
        this.tlsCredentialsId = tlsCredentialsId.strip();
    }

    public String getTlsCertificateFile() {
        return tlsCertificateFile;
    }

    @DataBoundSetter
    public void setTlsCertificateFile(String tlsCertificateFile) {
        this.tlsCertificateFile = tlsCertificateFile.strip();
    }

    public String getTlsKeyFile() {
        return tlsKeyFile;
    }

    @DataBoundSetter
    public void setTlsKeyFile(String tlsKeyFile) {
        this.tlsKeyFile = tlsKeyFile.strip();
    }

    Checked<Hosting> check(Path home) {
        return new HostingCheck(this, home).check();
    }

    @Override
    List<Problem> problems(Path home) {
        return check(home) instanceof Checked.Invalid<Hosting> invalid ? invalid.problems() : List.of();
    }

    /** Its form, what checks it and what tries it. */
    @Extension(ordinal = 1)
    @Symbol("embedded")
    public static final class DescriptorImpl extends Descriptor<ServiceChoice> {
        @Override
        public String getDisplayName() {
            return "In this Jenkins";
        }

        @POST
        public FormValidation doCheckPort(@QueryParameter int value) {
            EmbeddedService service = new EmbeddedService();
            service.setPort(value);
            return checked(service, "port");
        }

        @POST
        public FormValidation doCheckBindAddress(@QueryParameter String value) {
            EmbeddedService service = new EmbeddedService();
            service.setBindAddress(value);
            return checked(service, "bindAddress");
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter String value) {
            EmbeddedService service = new EmbeddedService();
            service.setAddress(value);
            return checked(service, "address");
        }

        @POST
        public FormValidation doCheckDirectory(@QueryParameter String value) {
            EmbeddedService service = new EmbeddedService();
            service.setDirectory(value);
            return checked(service, "directory");
        }

        @POST
        public FormValidation doCheckQuota(@QueryParameter String value) {
            EmbeddedService service = new EmbeddedService();
            service.setQuota(value);
            return checked(service, "quota");
        }

        @POST
        public FormValidation doCheckNamespaceQuota(@QueryParameter String value) {
            EmbeddedService service = new EmbeddedService();
            service.setNamespaceQuota(value);
            return checked(service, "namespaceQuota");
        }

        @POST
        public FormValidation doCheckTlsCredentialsId(
                @QueryParameter String value,
                @QueryParameter String tlsCertificateFile,
                @QueryParameter String tlsKeyFile) {
            return checked(withTls(value, tlsCertificateFile, tlsKeyFile), "tlsCredentialsId");
        }

        @POST
        public FormValidation doCheckTlsCertificateFile(
                @QueryParameter String value, @QueryParameter String tlsKeyFile) {
            return checked(withTls("", value, tlsKeyFile), "tlsCertificateFile");
        }

        @POST
        public FormValidation doCheckTlsKeyFile(
                @QueryParameter String value, @QueryParameter String tlsCertificateFile) {
            return checked(withTls("", tlsCertificateFile, value), "tlsKeyFile");
        }

        private static EmbeddedService withTls(String credentialsId, String certificate, String key) {
            EmbeddedService service = new EmbeddedService();
            service.setTlsCredentialsId(credentialsId);
            service.setTlsCertificateFile(certificate);
            service.setTlsKeyFile(key);
            return service;
        }

        private static FormValidation checked(EmbeddedService service, String field) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return told(service.problems(CacheLifecycle.home()), field);
        }

        /** Whoever may not configure Jenkins learns nothing of its credentials. */
        @POST
        public ListBoxModel doFillTlsCredentialsIdItems(@QueryParameter String tlsCredentialsId) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(tlsCredentialsId);
            }
            return new StandardListBoxModel()
                    .includeEmptyValue()
                    .includeAs(ACL.SYSTEM2, Jenkins.get(), StandardCertificateCredentials.class)
                    .includeCurrentValue(tlsCredentialsId);
        }

        /** Says whether the service runs as the form has it, or whether it could. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter int port,
                @QueryParameter String bindAddress,
                @QueryParameter String address,
                @QueryParameter String directory,
                @QueryParameter String tlsCredentialsId,
                @QueryParameter String tlsCertificateFile,
                @QueryParameter String tlsKeyFile)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            EmbeddedService service = withTls(tlsCredentialsId, tlsCertificateFile, tlsKeyFile);
            service.setPort(port);
            service.setBindAddress(bindAddress);
            service.setAddress(address);
            service.setDirectory(directory);
            return HostingTrial.of(
                    service.check(CacheLifecycle.home()), CacheLifecycle.get().state());
        }
    }
}
