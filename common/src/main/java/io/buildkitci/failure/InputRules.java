package io.buildkitci.failure;

import static io.buildkitci.failure.Rule.error;

import java.util.List;

/** Rules for what was asked for and cannot be done: options, secrets, privileges, capabilities of a driver. */
final class InputRules {
    static final List<Rule> ALL = List.of(
            error(
                    FailureCode.BAD_FLAG,
                    "^unknown (?:shorthand )?flag: (?<flag>.+)",
                    "{client} does not know the flag {flag}"),
            error(
                    FailureCode.BAD_FLAG,
                    "^invalid argument \"(?<given>.*)\" for \"(?<flag>.*)\" flag",
                    "{client} does not accept '{given}' for {flag}"),
            error(
                    FailureCode.UNKNOWN_PLATFORM,
                    "\"(?<given>[^\"]*)\": unknown operating system or architecture",
                    "'{given}' is no platform"),
            error(
                    FailureCode.INVALID_TAG,
                    "^invalid tag \"(?<tag>.*)\": (?<reason>.*)",
                    "the tag '{tag}' is not valid: {reason}"),
            error(
                    FailureCode.INVALID_TAG,
                    "^(?!failed to parse stage name).*invalid reference format",
                    "an image name is not valid"),
            error(
                    FailureCode.TAG_MISSING,
                    "tag is needed when pushing to registry",
                    "the image was to be pushed, but has no name"),
            error(
                    FailureCode.TAG_IMMUTABLE,
                    "(?:cannot be overwritten because the repository is immutable|configured as immutable)",
                    "{host} does not let {image} be replaced"),
            error(
                            FailureCode.INVALID_OPTION,
                            "exporter \"(?<type>.*)\" could not be found",
                            "there is no output type '{type}'")
                    .advising("Correct the type in {input outputs}."),
            error(
                            FailureCode.INVALID_OPTION,
                            "unknown cache (?:exporter|importer): \"(?<type>.*)\"",
                            "there is no cache type '{type}'")
                    .advising("Correct the type in {input cache-from} and {input cache-to}."),
            error(
                    FailureCode.SECRET_MISSING,
                    "^(?:.*: )?secret (?<id>\\S+?)(?:| not found): not found",
                    "the build needs the secret '{id}', which it was not given"),
            error(
                    FailureCode.SECRET_MISSING,
                    "^failed to stat (?<file>\\S+): stat .*no such file or directory",
                    "the file {file}, from which a secret is read, does not exist"),
            error(
                    FailureCode.SSH_MISSING,
                    "unset ssh forward key (?<id>\\S+)",
                    "the build needs the SSH agent '{id}', which it was not given"),
            error(
                    FailureCode.SSH_MISSING,
                    "no SSH key \".*\" forwarded from the client",
                    "the build needs an SSH agent or key, which it was not given"),
            error(
                    FailureCode.SSH_MISSING,
                    "invalid empty ssh agent socket",
                    "an SSH agent was to be forwarded, but none runs here"),
            error(
                    FailureCode.ENTITLEMENT_REFUSED,
                    "granting entitlement (?<privilege>\\S+) is not allowed by build daemon",
                    "the builder does not allow the privilege {privilege}"),
            error(
                    FailureCode.ENTITLEMENT_MISSING,
                    "(?<privilege>network\\.host|security\\.insecure|device\\S*) is not allowed",
                    "a step asks for the privilege {privilege}, which the build was not given"),
            error(
                    FailureCode.CAPABILITY_MISSING,
                    "(?<what>[^\\n:]+) is (?:currently )?not (?:supported|implemented) for (?:the )?(?<driver>\\S+) driver",
                    "{what} is not possible with a builder of the {driver} driver"),
            error(
                    FailureCode.CAPABILITY_MISSING,
                    "docker exporter does not (?:currently )?support exporting manifest lists",
                    "an image of several platforms cannot be loaded into this Docker"));

    private InputRules() {}
}
