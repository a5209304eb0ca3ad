package io.buildkitci.install;

import java.nio.file.Path;

/** What came of an installation. */
public sealed interface Installation {
    /**
     * The tool is there.
     *
     * @param folder what is in it was verified just now
     * @param program the tool itself, in that folder
     * @param fetched whether it was fetched now; otherwise it was there already
     */
    record Installed(Release release, Path folder, Path program, boolean fetched) implements Installation {}

    /** It is not, and nothing of it is left. */
    record Failed(InstallFailure failure) implements Installation {}
}
