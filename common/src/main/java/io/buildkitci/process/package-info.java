/**
 * Ports to the machine (processes, files, a private workspace) and the redactor of secrets.
 *
 * <p>May depend on the JDK only.
 */
@NullMarked
package io.buildkitci.process;

import org.jspecify.annotations.NullMarked;
