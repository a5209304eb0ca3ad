package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Descriptor.FormException;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.StaplerRequest2;

class BuildkitConfigurationTest {
    private final BuildkitConfiguration configuration = new BuildkitConfiguration();

    private static Map<?, ?> documented() throws IOException {
        return YamlBinder.documented(0, "configuration");
    }

    @Test
    void theDocumentedYamlMakesTheBuildersThatItDescribes() throws Exception {
        YamlBinder.into(configuration, documented());

        assertThat(configuration.getBuilders())
                .extracting(BuilderConfig::getName)
                .containsExactly("ci", "shared");
        BuilderConfig ci = configuration.builder(Optional.empty()).orElseThrow();
        assertThat(ci.getName()).isEqualTo("ci");
        assertThat(ci.getDriver()).isEqualTo("docker-container");
        assertThat(ci.getUnusedDays()).isEqualTo(14);
        assertThat(ci.getNodes())
                .extracting(NodeConfig::getPlatforms)
                .containsExactly("linux/amd64", "linux/arm64,linux/arm/v7");
        BuilderConfig shared = configuration.builder(Optional.of("shared")).orElseThrow();
        assertThat(shared.getCleanup()).isEqualTo("never");
        assertThat(shared.getNodes().get(0).getTlsCredentialsId()).isEqualTo("buildkitd-client");
    }

    @Test
    void theDocumentedBuildersAreValid() throws Exception {
        YamlBinder.into(configuration, documented());
        Outside nothing = new Outside(variable -> Optional.empty(), file -> false, directory -> false);

        for (BuilderConfig builder : configuration.getBuilders()) {
            assertThat(ConfiguredBuilder.of(builder, (label, variable) -> List.of(), "c")
                            .check(nothing))
                    .isInstanceOf(Checked.Valid.class);
        }
    }

    @Test
    void anAttributeThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> YamlBinder.into(
                        configuration, Map.of("builders", List.of(Map.of("name", "ci", "drivr", "remote")))))
                .hasMessage("BuilderConfig has no attribute 'drivr'");
        assertThatThrownBy(() ->
                        YamlBinder.into(configuration, Map.of("builders", List.of(Map.of("driver", "remote")))))
                .hasMessage("BuilderConfig needs 'name'");
    }

    @Test
    void aBuildThatNamesNoneTakesTheDefaultAndAnUnknownNameIsTheAgentsOwn() {
        configuration.setBuilders(List.of(new BuilderConfig("ci"), new BuilderConfig("other")));

        assertThat(configuration.builder(Optional.empty())).isEmpty();
        configuration.setDefaultBuilder("ci");
        assertThat(configuration.builder(Optional.empty()))
                .get()
                .extracting(BuilderConfig::getName)
                .isEqualTo("ci");
        assertThat(configuration.builder(Optional.of("other"))).isPresent();
        assertThat(configuration.builder(Optional.of("mine"))).isEmpty();
    }

    @Test
    void twoBuildersOfOneNameAreRefused() {
        configuration.setBuilders(List.of(new BuilderConfig("ci")));

        assertThatThrownBy(() -> configuration.setBuilders(List.of(new BuilderConfig("a"), new BuilderConfig("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
        assertThat(configuration.getBuilders())
                .extracting(BuilderConfig::getName)
                .containsExactly("ci");
    }

    @Test
    void aFormIsTakenAsAWholeOrNotAtAll() throws Exception {
        configuration.setBuilders(List.of(new BuilderConfig("ci")));
        configuration.setDefaultBuilder("ci");

        assertThatThrownBy(() -> configuration.configure(
                        submits(List.of(new BuilderConfig("a"), new BuilderConfig("a"))),
                        JSONObject.fromObject(Map.of("defaultBuilder", "a", "builders", "…"))))
                .isInstanceOf(FormException.class);
        assertThat(configuration.getBuilders())
                .extracting(BuilderConfig::getName)
                .containsExactly("ci");
        assertThat(configuration.getDefaultBuilder()).isEqualTo("ci");

        configuration.configure(
                submits(List.of(new BuilderConfig("b"))), JSONObject.fromObject(Map.of("defaultBuilder", " b ")));
        assertThat(configuration.getBuilders())
                .extracting(BuilderConfig::getName)
                .containsExactly("b");
        assertThat(configuration.getDefaultBuilder()).isEqualTo("b");
    }

    @Test
    void aFormWithoutBuildersRemovesTheLastOne() throws Exception {
        configuration.setBuilders(List.of(new BuilderConfig("ci")));

        configuration.configure(submits(List.of()), JSONObject.fromObject(Map.of("defaultBuilder", "")));

        assertThat(configuration.getBuilders()).isEmpty();
    }

    private static StaplerRequest2 submits(List<BuilderConfig> builders) {
        return new StaplerRequest2() {
            @Override
            public JSONObject getSubmittedForm() {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> T bindJSON(Class<T> type, JSONObject src) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> List<T> bindJSONToList(Class<T> type, Object src) {
                return builders.stream().map(type::cast).toList();
            }
        };
    }
}
