package io.jenkins.plugins.buildkit.console;

import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;
import org.jspecify.annotations.Nullable;

/**
 * Marks a line that a step of an image build wrote. The script that Jenkins serves with it folds what stands below
 * headings in all of the log of the same pipeline step, so that one mark does for thousands of lines. See ADR 11.
 */
public final class StepOutputNote extends ConsoleNote<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable ConsoleAnnotator<?> annotate(Object context, MarkupText text, int charPos) {
        int end = text.getText().stripTrailing().length();
        if (end > charPos) {
            text.addMarkup(charPos, end, "<span class=\"buildkit-output\">", "</span>");
        }
        return null;
    }

    /** Jenkins serves its script and its style on every page with a log. */
    @Extension
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @Override
        public String getDisplayName() {
            return "Foldable steps of image builds";
        }
    }
}
