package org.jenkinsci.plugins.durabletask;

import hudson.model.Descriptor;

/** Describes a {@link DurableTask}. */
public abstract class DurableTaskDescriptor extends Descriptor<DurableTask> {}
