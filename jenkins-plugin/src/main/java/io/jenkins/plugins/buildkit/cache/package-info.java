/**
 * The layer cache of this Jenkins.
 *
 * <p>May depend on the engine, the cache service and this plugin's {@code config}; knows no step.
 */
@NullMarked
package io.jenkins.plugins.buildkit.cache;

import org.jspecify.annotations.NullMarked;
