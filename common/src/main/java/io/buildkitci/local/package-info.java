/**
 * This machine: processes, files and temporary directories. The only room that touches them.
 *
 * <p>Adapters of the ports in {@code process}, which is all it may depend on.
 */
@NullMarked
package io.buildkitci.local;

import org.jspecify.annotations.NullMarked;
