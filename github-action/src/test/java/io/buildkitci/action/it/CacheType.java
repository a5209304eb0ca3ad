package io.buildkitci.action.it;

import io.buildkitci.plan.Ability;

/** Where a cache can be kept, with what the table of {@code docs/drivers.md} calls it. */
enum CacheType {
    INLINE(Ability.EXPORT_INLINE, Ability.IMPORT_REGISTRY),
    REGISTRY(Ability.EXPORT_REGISTRY, Ability.IMPORT_REGISTRY),
    LOCAL(Ability.EXPORT_LOCAL, Ability.IMPORT_LOCAL),
    GHA(Ability.EXPORT_GHA, Ability.IMPORT_GHA),
    S3(Ability.EXPORT_S3, Ability.IMPORT_S3),
    AZBLOB(Ability.EXPORT_AZBLOB, Ability.IMPORT_AZBLOB);

    private final Ability writing;
    private final Ability reading;

    CacheType(Ability writing, Ability reading) {
        this.writing = writing;
        this.reading = reading;
    }

    Ability writing() {
        return writing;
    }

    Ability reading() {
        return reading;
    }
}
