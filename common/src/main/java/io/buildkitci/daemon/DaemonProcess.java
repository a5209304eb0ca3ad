package io.buildkitci.daemon;

/**
 * A process by what makes it different from a later one of the same number.
 *
 * @param started when it was, in the kernel's ticks since the machine was
 */
public record DaemonProcess(long pid, String started) {}
