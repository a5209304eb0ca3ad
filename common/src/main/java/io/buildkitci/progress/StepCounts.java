package io.buildkitci.progress;

/**
 * Steps that a person wrote: {@code RUN}, {@code COPY}, {@code ADD}, {@code WORKDIR} and the like, once for each
 * platform. One that platforms share counts once: BuildKit runs it once and names one of them. {@code FROM} is not
 * counted, for BuildKit only resolves it and calls it cached or not by chance; nor is anything internal, an export or a
 * cache.
 *
 * @param total all of them
 * @param cached those whose result was there
 * @param run those that began, failed and cancelled ones too
 */
public record StepCounts(int total, int cached, int run) {
    /** Those that the build did not come to. */
    public int notReached() {
        return total - cached - run;
    }
}
