/** Runs the pipelines of the examples, the README and the documentation with JenkinsPipelineUnit. */
@NullMarked
package io.jenkins.plugins.buildkit.pipelines;

import org.jspecify.annotations.NullMarked;
