/**
 * The Jenkins host: steps, builders configured in the UI, the build's page and the layer cache's endpoint.
 *
 * <p>May depend on every room of the engine; nothing depends on it.
 */
@NullMarked
package io.jenkins.plugins.buildkit;

import org.jspecify.annotations.NullMarked;
