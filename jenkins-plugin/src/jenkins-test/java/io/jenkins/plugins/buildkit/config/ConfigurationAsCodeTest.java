package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.tools.InstallSourceProperty;
import io.jenkins.plugins.buildkit.jenkins.Pages;
import io.jenkins.plugins.buildkit.tool.BuildxInstallation;
import io.jenkins.plugins.buildkit.tool.BuildxInstaller;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The YAML of the documentation, in a real Jenkins. */
@WithJenkins
class ConfigurationAsCodeTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Path documented() throws Exception {
        Path root = Path.of(System.getProperty("buildkitci.root"));
        Matcher yaml = YAML.matcher(Files.readString(root.resolve("docs/jenkins-configuration.md")));
        assertThat(yaml.find()).isTrue();
        return Files.writeString(folder.resolve("jenkins.yaml"), yaml.group(1));
    }

    private static String kept() {
        return Jenkins.XSTREAM2.toXML(BuildkitConfiguration.get());
    }

    @Test
    void theDocumentedYamlIsTaken(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure(documented().toString());

        BuilderConfig ci = BuildkitConfiguration.get().builder(Optional.empty()).orElseThrow();
        assertThat(ci.getName()).isEqualTo("ci");
        assertThat(ci.getUnusedDays()).isEqualTo(14);
        assertThat(ci.getNodes()).extracting(NodeConfig::getEndpoint).containsExactly("", "ssh://ci@arm.example");
        BuildxInstallation tool = ExtensionList.lookupSingleton(BuildxInstallation.DescriptorImpl.class)
                .getInstallations()[0];
        BuildxInstaller installer = (BuildxInstaller)
                tool.getProperties().get(InstallSourceProperty.class).installers.get(0);
        assertThat(installer.getMirror()).isEqualTo("https://artifacts.example/buildx");
    }

    @Test
    void whatIsExportedIsWhatWasGivenWithoutDefaults(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure(documented().toString());
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);

        String text = exported.toString(StandardCharsets.UTF_8);
        String ours = text.substring(text.indexOf("\nbuildkit:"));
        assertThat(ours).contains("defaultBuilder: \"ci\"", "tlsCredentialsId: \"buildkitd-client\"");
        assertThat(ours).doesNotContain("driver: \"docker-container\"", "keepState");
    }

    @Test
    void thePageIsSavedAsItWasShown(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get().configure(documented().toString());
        String before = kept();

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            jenkins.submit(Pages.filled(client, client.goTo("manage/buildkit")).getFormByName("config"));
        }

        assertThat(kept()).isEqualTo(before);
    }
}
