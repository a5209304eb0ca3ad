package io.buildkitci.plan;

/**
 * Where a plan will be carried out, as far as its text depends on it.
 *
 * @param workspace the private directory of the run, with no separator at its end
 * @param id of the run, unique on this machine; part of names of directories beside the person's own
 */
public record RunPlace(String workspace, String id) {
    /** Name of the file for buildx's {@code --metadata-file}. */
    public static final String METADATA = "metadata.json";

    /** Name of the file for buildx's {@code --iidfile}. */
    public static final String IMAGE_ID = "iid";

    /** For plans that are only shown. */
    public static final RunPlace SHOWN = new RunPlace("$WORKSPACE", "$RUN");

    /** Where the client writes what it made (buildx's {@code --metadata-file}). */
    public String metadataFile() {
        return workspace + "/" + METADATA;
    }

    /** Where the client writes the image's id (buildx's {@code --iidfile}). */
    public String imageIdFile() {
        return workspace + "/" + IMAGE_ID;
    }
}
