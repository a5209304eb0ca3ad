/**
 * Forms, help texts and the tables of the documentation, as they follow from the engine's tables of inputs.
 *
 * <p>{@code StepForms} writes them, {@code StepFormsTest} compares what is there.
 */
@NullMarked
package io.jenkins.plugins.buildkit.forms;

import org.jspecify.annotations.NullMarked;
