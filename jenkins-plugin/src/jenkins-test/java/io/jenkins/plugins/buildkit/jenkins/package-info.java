/** The Jenkins that the tests of this directory run in: the plugins of the class path, and ours as it is packed. */
@org.jspecify.annotations.NullMarked
package io.jenkins.plugins.buildkit.jenkins;
