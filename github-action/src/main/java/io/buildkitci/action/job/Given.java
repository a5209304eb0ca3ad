package io.buildkitci.action.job;

import io.buildkitci.input.RawInput;
import io.buildkitci.model.Secret;
import java.util.Optional;

/**
 * What a step was given that is no part of a build request.
 *
 * @param githubToken the {@code github-token} input, by which BuildKit may fetch the repository
 */
public record Given(Optional<Secret> githubToken) {
    public static Given from(RawInput raw) {
        return new Given(Optional.of(RawText.of(raw, "github-token"))
                .filter(text -> !text.isBlank())
                .map(Secret::new));
    }
}
