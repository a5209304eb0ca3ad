/**
 * From the parameters of a pipeline step, as people write them in Groovy, to the inputs that the engine reads, and the
 * words in which its advice names them.
 *
 * <p>Pure. May depend on the engine's {@code input} and {@code words}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.parameters;

import org.jspecify.annotations.NullMarked;
