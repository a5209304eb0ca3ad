package io.jenkins.plugins.buildkit.step;

import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.model.Platform;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildkitCreateBuilder} returns. Immutable; for sandboxed scripts too. */
public final class BuilderResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String driver;
    private final String endpoint;
    private final String status;
    private final ArrayList<String> platforms;

    private BuilderResult(BuilderSummary builder) {
        this.name = builder.name();
        this.driver = builder.driver();
        this.endpoint = builder.endpoint();
        this.status = builder.status();
        this.platforms = new ArrayList<>(
                builder.platforms().stream().map(Platform::render).toList());
    }

    static BuilderResult of(BuilderSummary builder) {
        return new BuilderResult(builder);
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    @Whitelisted
    public String getDriver() {
        return driver;
    }

    /** Of the first node. */
    @Whitelisted
    public String getEndpoint() {
        return endpoint;
    }

    /** Of the first node: {@code running}, {@code inactive} … */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    /** Every platform of every node. */
    @Whitelisted
    public List<String> getPlatforms() {
        return Collections.unmodifiableList(platforms);
    }

    /** The name, so that the result itself can stand for the builder. */
    @Override
    @Whitelisted
    public String toString() {
        return name;
    }
}
