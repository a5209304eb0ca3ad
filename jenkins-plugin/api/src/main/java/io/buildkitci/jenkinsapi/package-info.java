/**
 * What the build of the plugin needs of Jenkins' own tools.
 *
 * <p>Depends on the JDK only; nothing depends on it but the compiler.
 */
package io.buildkitci.jenkinsapi;
