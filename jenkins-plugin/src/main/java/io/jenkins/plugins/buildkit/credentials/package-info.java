/**
 * Credentials of Jenkins for one build: looked up as the build may, and turned into what its client needs: a registry
 * login, files of secrets, keys.
 *
 * <p>May depend on the engine, Jenkins' credentials and this plugin's {@code agent}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.credentials;

import org.jspecify.annotations.NullMarked;
