package io.buildkitci.failure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises one kind of failure in one error text. Rules are asked in order; the first that knows it decides. */
interface Rule {
    Optional<Finding> examine(Symptom symptom);

    /** A rule for errors in which the pattern is found; its named groups are facts for the message. */
    static Wording error(FailureCode code, String pattern, String message) {
        return new Wording(
                code, Pattern.compile(""), Pattern.compile(pattern, Pattern.DOTALL), message, Optional.empty());
    }

    /** A rule for whatever error a step with such a name has. */
    static Wording during(FailureCode code, String step, String message) {
        return new Wording(
                code,
                Pattern.compile(step),
                Pattern.compile("^(?<reason>.*)", Pattern.DOTALL),
                message,
                Optional.empty());
    }

    /** A rule by wording: a pattern for the step's name and one for the error. */
    record Wording(FailureCode code, Pattern step, Pattern error, String message, Optional<String> advice)
            implements Rule {
        private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z]+)>");

        Wording in(String stepPattern) {
            return new Wording(code, Pattern.compile(stepPattern), error, message, advice);
        }

        Wording advising(String text) {
            return new Wording(code, step, error, message, Optional.of(text));
        }

        @Override
        public Optional<Finding> examine(Symptom symptom) {
            Matcher inStep = step.matcher(symptom.during());
            Matcher inError = error.matcher(symptom.error());
            if (!inStep.find() || !inError.find()) {
                return Optional.empty();
            }
            Map<String, String> facts = new HashMap<>(symptom.facts());
            List.of(inStep, inError).forEach(found -> addGroups(found, facts));
            return Optional.of(new Finding(code, message, advice, facts));
        }

        private static void addGroups(Matcher found, Map<String, String> facts) {
            Matcher groups = GROUP.matcher(found.pattern().pattern());
            while (groups.find()) {
                String value = found.group(groups.group(1));
                if (value != null) {
                    facts.put(groups.group(1), value);
                }
            }
        }
    }
}
