package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import org.junit.jupiter.api.Test;

class BuildkitBuilderTest {
    private static BuildkitBuildStep read(String inside) {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.buildkit.**"});
        String name = BuildkitBuilder.class.getName();
        BuildkitBuilder builder = (BuildkitBuilder) xstream.fromXML("<" + name + ">" + inside + "</" + name + ">");
        return builder.getBuild();
    }

    @Test
    void theFileOfAJobMayNameNothing() {
        assertThat(read("").call()).usingRecursiveComparison().isEqualTo(new BuildkitBuildStep().call());
        assertThat(read("<build/>").call()).usingRecursiveComparison().isEqualTo(new BuildkitBuildStep().call());
    }

    @Test
    void theFileOfAJobMayLackWhatWasAddedLater() {
        BuildkitBuildStep read = read("<build><texts><entry><string>tags</string><string>app:1</string></entry></texts>"
                + "<registryUrl>https://registry.example</registryUrl></build>");

        assertThat(read.getTags()).isEqualTo("app:1");
        assertThat(read.getRegistryUrl()).isEqualTo("https://registry.example");
        assertThat(read.getSecrets()).isEmpty();
        assertThat(read.getSsh()).isEmpty();
        assertThat(read.getBuildx()).isEmpty();
    }
}
