package io.jenkins.plugins.buildkit.jenkins;

import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** Pages as a person sees them: with every list to choose from filled. */
public final class Pages {
    private Pages() {}

    public static HtmlPage filled(JenkinsRule.WebClient client, HtmlPage page) {
        while (!page.querySelectorAll(".select-ajax-pending").isEmpty()) {
            client.waitForBackgroundJavaScript(100);
        }
        return page;
    }
}
