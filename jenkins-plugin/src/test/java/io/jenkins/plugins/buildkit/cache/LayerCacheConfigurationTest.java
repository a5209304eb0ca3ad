package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.security.AnyTypePermission;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.buildkit.config.YamlBinder;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.StaplerRequest2;

class LayerCacheConfigurationTest {
    @TempDir
    Path home;

    private StartedJenkins jenkins;

    @BeforeEach
    void start() {
        jenkins = new StartedJenkins(home);
    }

    @AfterEach
    void end() {
        jenkins.close();
    }

    private void bind(Map<?, ?> yaml) throws ReflectiveOperationException {
        YamlBinder.into(jenkins.configuration(), yaml, NoService.class, EmbeddedService.class, ExternalService.class);
    }

    @Test
    void theDocumentedYamlMakesTheServicesThatItDescribes() throws Exception {
        bind(YamlBinder.documented(0, "layerCache"));
        EmbeddedService embedded = (EmbeddedService) jenkins.configuration().getService();
        assertThat(embedded.getQuota()).isEqualTo("200GiB");
        assertThat(embedded.getDirectory()).isEqualTo("/var/lib/jenkins-buildkit-cache");

        KeptCredentials.text("buildkit-cache", "s".repeat(32));
        bind(YamlBinder.documented(1, "layerCache"));
        ExternalService external = (ExternalService) jenkins.configuration().getService();
        assertThat(external.getAddress()).isEqualTo("https://cache.example:8321/");
        assertThat(external.getController()).isEqualTo("ci-1");

        bind(Map.of("service", "none"));
        assertThat(jenkins.configuration().getService()).isInstanceOf(NoService.class);
    }

    private static EmbeddedService wrong() {
        EmbeddedService service = new EmbeddedService();
        service.setPort(70_000);
        service.setQuota("much");
        service.setNamespaceQuota("more");
        service.setAddress("ftp://here");
        service.setTlsCertificateFile("nowhere.crt");
        service.setDirectory(".");
        return service;
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceAndNothingIsTaken() {
        assertThatThrownBy(() -> jenkins.configuration().setService(wrong()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "layer cache: ",
                        "port: '70000'",
                        "quota: 'much'",
                        "namespaceQuota: 'more'",
                        "address: 'ftp://here'",
                        "tlsCertificateFile: 'nowhere.crt'",
                        "tlsKeyFile",
                        "directory: '.'");
        assertThat(jenkins.configuration().getService()).isInstanceOf(NoService.class);
    }

    @Test
    void aFormIsTakenAsAWholeOrNotAtAll() throws Exception {
        EmbeddedService good = StartedJenkins.service();
        assertThat(jenkins.configuration().configure(submits(good), form())).isTrue();
        assertThatThrownBy(() -> jenkins.configuration().configure(submits(wrong()), form()))
                .isInstanceOf(FormException.class)
                .hasMessageContaining("port: '70000'");

        assertThat(jenkins.configuration().getService()).isSameAs(good);
    }

    private static JSONObject form() {
        return JSONObject.fromObject(Map.of("service", "…"));
    }

    @Test
    void everyFieldIsCheckedByItself() {
        EmbeddedService.DescriptorImpl form = new EmbeddedService.DescriptorImpl();

        assertThat(List.of(
                        form.doCheckPort(0),
                        form.doCheckBindAddress("a b"),
                        form.doCheckAddress("cache.example"),
                        form.doCheckDirectory(home.toString()),
                        form.doCheckQuota("0"),
                        form.doCheckNamespaceQuota("GiB"),
                        form.doCheckTlsCredentialsId("none", "", ""),
                        form.doCheckTlsCertificateFile("nowhere", ""),
                        form.doCheckTlsKeyFile("nowhere", "")))
                .extracting(said -> said.kind)
                .containsOnly(FormValidation.Kind.ERROR);
        assertThat(List.of(
                        form.doCheckPort(8321),
                        form.doCheckBindAddress("::1"),
                        form.doCheckAddress("https://cache.example"),
                        form.doCheckDirectory("/var/lib/cache"),
                        form.doCheckQuota("1 TiB"),
                        form.doCheckNamespaceQuota(""),
                        form.doCheckTlsCredentialsId("", "", ""),
                        form.doCheckTlsCertificateFile("", ""),
                        form.doCheckTlsKeyFile("", "")))
                .extracting(said -> said.kind)
                .containsOnly(FormValidation.Kind.OK);
    }

    @Test
    void whoMayNotConfigureJenkinsLearnsNothing() {
        String secret = KeptCredentials.text("s".repeat(40));
        jenkins.forbid(Jenkins.ADMINISTER);
        EmbeddedService.DescriptorImpl embedded = new EmbeddedService.DescriptorImpl();
        ExternalService.DescriptorImpl external = new ExternalService.DescriptorImpl();

        assertThatThrownBy(() -> embedded.doCheckDirectory("/etc")).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> embedded.doTestConnection(1, "", "", "", "", "", ""))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> external.doCheckSecretCredentialsId(secret, ""))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> external.doTestConnection("http://127.0.0.1:1/", secret, ""))
                .isInstanceOf(SecurityException.class);
        assertThat(external.doFillSecretCredentialsIdItems("mine"))
                .extracting(option -> option.value)
                .containsExactly("mine");
        assertThat(embedded.doFillTlsCredentialsIdItems("mine"))
                .extracting(option -> option.value)
                .containsExactly("mine");
    }

    @Test
    void anExternalServiceNeedsAnAddressAndOneOfSecretAndToken() {
        String secret = KeptCredentials.text("s".repeat(40));
        String token = KeptCredentials.text("a token");
        ExternalService.DescriptorImpl form = new ExternalService.DescriptorImpl();

        assertThat(form.doCheckAddress("cache:8321").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckController("a/b").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckSecretCredentialsId("", "")).hasMessageContaining("say by which secret");
        assertThat(form.doCheckSecretCredentialsId(secret, token)).hasMessageContaining("the one or the other");
        assertThat(form.doCheckSecretCredentialsId(token, "")).hasMessageContaining("at least 32");
        assertThat(form.doCheckSecretCredentialsId("nobody", "")).hasMessageContaining("Secret text");
        assertThat(form.doCheckTokenCredentialsId("nobody", "")).hasMessageContaining("Secret text");
        assertThat(form.doCheckSecretCredentialsId(secret, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckTokenCredentialsId(token, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doFillTokenCredentialsIdItems(""))
                .extracting(o -> o.value)
                .contains("", secret, token);
    }

    @Test
    void whatIsPersistedIsReadBackAndNamesNoSecret() throws Exception {
        String id = KeptCredentials.text("the-secret-of-the-service-0123456789");
        ExternalService service = new ExternalService("http://cache.example:8321/");
        service.setSecretCredentialsId(id);
        service.setController("here");
        XStream xstream = new XStream();
        xstream.addPermission(AnyTypePermission.ANY);

        String xml = xstream.toXML(service);

        assertThat(xml).contains(id).doesNotContain("the-secret");
        ExternalService back = (ExternalService) xstream.fromXML(xml);
        assertThat(back.getSecretCredentialsId()).isEqualTo(id);
        assertThat(back.getController()).isEqualTo("here");
        EmbeddedService embedded = (EmbeddedService) xstream.fromXML(xstream.toXML(StartedJenkins.service()));
        assertThat(embedded.getQuota()).isEqualTo("64MiB");
    }

    private static StaplerRequest2 submits(ServiceChoice service) {
        return new StaplerRequest2() {
            @Override
            public JSONObject getSubmittedForm() {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> T bindJSON(Class<T> type, JSONObject src) {
                return type.cast(service);
            }

            @Override
            public <T> List<T> bindJSONToList(Class<T> type, Object src) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
