package io.jenkins.plugins.buildkit.cache;

import hudson.model.Describable;
import hudson.util.FormValidation;
import io.buildkitci.input.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which service keeps layers: none, one in this Jenkins, or one elsewhere. */
public abstract class ServiceChoice implements Describable<ServiceChoice> {
    ServiceChoice() {}

    /**
     * Everything that is wrong with it, in the words of its fields.
     *
     * @param home of Jenkins
     */
    abstract List<Problem> problems(Path home);

    static String told(List<Problem> problems) {
        return problems.stream().map(Problem::render).collect(Collectors.joining("; "));
    }

    /** What is wrong with one field. */
    static FormValidation told(List<Problem> problems, String field) {
        return problems.stream()
                .filter(problem -> problem.input().equals(field))
                .findFirst()
                .map(problem -> FormValidation.error(
                        problem.given().isEmpty()
                                ? problem.reason()
                                : "'" + problem.given() + "': " + problem.reason()))
                .orElseGet(FormValidation::ok);
    }
}
