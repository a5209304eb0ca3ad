/** The command line as people run it, in a process of its own, against real BuildKit, engines, registries and kernels. */
@NullMarked
package io.buildkitci.action.it;

import org.jspecify.annotations.NullMarked;
