/**
 * How a build's log is shown in Jenkins: what steps of an image build write can be folded.
 *
 * <p>May depend on Jenkins and the engine's {@code console}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.console;

import org.jspecify.annotations.NullMarked;
