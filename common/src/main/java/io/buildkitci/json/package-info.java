/**
 * JSON texts as maps, lists and texts, read and written by the streaming parser and generator alone.
 *
 * <p>A room of its own because it serves what a build reads on its way, where data binding would cost a fresh JVM more
 * than the question it answers, and half of the jar. Pure. May depend on the JDK and Jackson's core.
 */
@NullMarked
package io.buildkitci.json;

import org.jspecify.annotations.NullMarked;
