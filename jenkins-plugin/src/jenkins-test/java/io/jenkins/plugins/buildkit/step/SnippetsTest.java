package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Snippet Generator writes of a submitted form. */
@WithJenkins
class SnippetsTest {
    private static String snippet(JenkinsRule jenkins, Class<? extends Step> type, JSONObject form) throws Exception {
        form.element("stapler-class", type.getName()).element("$class", type.getName());
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(
                    URI.create(jenkins.getURL() + "pipeline-syntax/generateSnippet")
                            .toURL(),
                    HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", form.toString())));
            return client.getPage(client.addCrumb(request))
                    .getWebResponse()
                    .getContentAsString()
                    .strip();
        }
    }

    @Test
    void untouchedFormsAreShort(JenkinsRule jenkins) throws Exception {
        assertThat(snippet(jenkins, BuildkitBuildStep.class, new JSONObject())).isEqualTo("buildkitBuild()");
        assertThat(snippet(jenkins, SetupQemuStep.class, new JSONObject())).isEqualTo("buildkitSetupQemu()");
        assertThat(snippet(jenkins, CreateBuilderStep.class, new JSONObject())).isEqualTo("buildkitCreateBuilder()");
        assertThat(snippet(jenkins, WithBuilderStep.class, new JSONObject()))
                .isEqualTo("withBuildkitBuilder {\n    // some block\n}");
    }

    @Test
    void whatWasFilledInStandsInTheSnippet(JenkinsRule jenkins) throws Exception {
        JSONObject form = new JSONObject()
                .element("tags", "registry.example/app:1")
                .element("push", true)
                .element("load", false)
                .element("target", "")
                .element("registryCredentialsId", "registry")
                .element("provenanceAttributes", "mode=max")
                .element("secrets", new JSONObject().element("id", "npm").element("credentialsId", "npm-token"));

        assertThat(snippet(jenkins, BuildkitBuildStep.class, form))
                .isEqualTo("buildkitBuild push: true, registryCredentialsId: 'registry', "
                        + "secrets: [[credentialsId: 'npm-token', id: 'npm']], tags: 'registry.example/app:1', "
                        + "provenance: 'mode=max'");
    }
}
