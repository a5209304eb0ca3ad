package io.jenkins.plugins.buildkit.page;

import io.buildkitci.report.TextReport;
import java.time.Duration;

/** What a part of a build's time went to. */
public final class TimeShare {
    private final String what;
    private final long millis;

    TimeShare(String what, long millis) {
        this.what = what;
        this.millis = millis;
    }

    public String getWhat() {
        return what;
    }

    public String getTime() {
        return TextReport.time(Duration.ofMillis(millis));
    }
}
