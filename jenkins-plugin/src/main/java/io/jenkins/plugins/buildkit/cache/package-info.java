/**
 * The layer cache of this Jenkins: which service keeps layers, the one that runs in this controller, and what builds may
 * read and write of it.
 *
 * <p>May depend on {@code config} for its place in Manage Jenkins, on the cache service and on the engine; knows no step.
 */
@NullMarked
package io.jenkins.plugins.buildkit.cache;

import org.jspecify.annotations.NullMarked;
