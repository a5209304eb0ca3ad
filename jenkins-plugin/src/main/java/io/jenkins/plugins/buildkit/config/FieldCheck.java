package io.jenkins.plugins.buildkit.config;

import hudson.util.FormValidation;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.RegistryMirrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with one field of a builder, in the words that every host has for it. */
final class FieldCheck {
    /** The form is filled in on the controller: nothing of an agent is known. */
    private static final Outside NOTHING_KNOWN = new Outside(name -> Optional.empty(), path -> false, path -> false);

    private static final String SOME_ADDRESS = "tcp://buildkitd:1234";

    private FieldCheck() {}

    /** @param input of {@link BuilderInputs} */
    static FormValidation of(String input, String value, String driver) {
        Map<String, RawValue> given = new LinkedHashMap<>();
        given.put("driver", RawValue.of(driver));
        if (driver.equals(Driver.REMOTE.render())) {
            given.put("endpoint", RawValue.of(SOME_ADDRESS));
        }
        given.put(input, RawValue.of(value));
        Checked<BuilderRequest> checked = BuilderInputs.check(RawInput.of(given), List.of(), NOTHING_KNOWN);
        if (checked instanceof Checked.Invalid<BuilderRequest> invalid) {
            return invalid.problems().stream()
                    .filter(problem -> problem.input().equals(input))
                    .findFirst()
                    .map(FieldCheck::error)
                    .orElseGet(FormValidation::ok);
        }
        return FormValidation.ok();
    }

    private static FormValidation error(Problem problem) {
        return FormValidation.error(
                problem.given().isEmpty() ? problem.reason() : "'" + problem.given() + "': " + problem.reason());
    }

    static FormValidation name(String value) {
        return value.isBlank()
                ? FormValidation.error("a builder needs a name; pipelines call it by that")
                : of("name", value, Driver.DOCKER_CONTAINER.render());
    }

    static FormValidation driver(String value) {
        return of("driver", value, value);
    }

    /** An endpoint and a label are two ways to say the same. */
    static FormValidation place(String endpoint, String agentLabel, String driver) {
        if (agentLabel.isBlank()) {
            return of("endpoint", endpoint, driver);
        }
        if (!endpoint.isBlank()) {
            return FormValidation.error(ConfiguredNodes.BOTH);
        }
        boolean hasEngines = driver.equals(Driver.DOCKER_CONTAINER.render()) || driver.equals(Driver.REMOTE.render());
        return hasEngines ? FormValidation.ok() : FormValidation.error(ConfiguredNodes.noAgents(driver));
    }

    static FormValidation mirrors(String value, String buildkitdConfig, String driver) {
        return parsed(value, text -> {
            RegistryMirrors.parse(text).addTo(buildkitdConfig);
            return of("buildkitd-config-inline", text, driver);
        });
    }

    static FormValidation cache(String value) {
        return parsed(value, text -> {
            CacheShorthand.parse(text);
            return FormValidation.ok();
        });
    }

    static FormValidation cleanup(String value) {
        return parsed(value, text -> {
            Cleanup.parse(text);
            return FormValidation.ok();
        });
    }

    static FormValidation days(String value) {
        boolean number = value.strip().matches("[1-9]\\d{0,3}");
        return number ? FormValidation.ok() : FormValidation.error("a number of days from 1 to 9999");
    }

    static FormValidation tls(String value, String driver) {
        return value.isBlank() || driver.equals(Driver.REMOTE.render())
                ? FormValidation.ok()
                : FormValidation.error(ConfiguredNodes.noTls(driver));
    }

    private interface Reading {
        FormValidation of(String text) throws InvalidValue;
    }

    private static FormValidation parsed(String value, Reading reading) {
        try {
            return value.isBlank() ? FormValidation.ok() : reading.of(value.strip());
        } catch (InvalidValue e) {
            return FormValidation.error("'" + e.given() + "': " + e.reason());
        }
    }
}
