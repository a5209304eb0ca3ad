/**
 * buildx as a tool of Jenkins: configured once, installed on agents from a release whose checksum is known.
 *
 * <p>May depend on the engine's {@code install}, {@code builder}, {@code model} and {@code qemu}; knows no step.
 */
@NullMarked
package io.jenkins.plugins.buildkit.tool;

import org.jspecify.annotations.NullMarked;
