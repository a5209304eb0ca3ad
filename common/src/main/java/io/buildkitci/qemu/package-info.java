/**
 * Emulators: reads the kernel's binfmt_misc, decides what is missing, registers and verifies it.
 *
 * <p>May depend on {@code model}, {@code process}, {@code json}, for packages on {@code install} and, for the
 * container way, on {@code docker}.
 */
@NullMarked
package io.buildkitci.qemu;

import org.jspecify.annotations.NullMarked;
