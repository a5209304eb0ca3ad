package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.local.LocalFiles;
import java.nio.file.Path;
import java.util.Map;

/**
 * Builders inside of a login that another plugin made. docker-commons, with {@code docker.withRegistry}, gives clients a
 * Docker configuration of its own beside the workspace, in which the person's builders are not.
 */
final class PersonsBuilders {
    /** Says where buildx keeps its builders. */
    static final String VARIABLE = "BUILDX_CONFIG";

    private static final String DOCKER = "DOCKER_CONFIG";

    private PersonsBuilders() {}

    /**
     * Lets buildx find the person's builders, unless somebody says where they are or has made some there.
     *
     * @param variables of the step's processes
     * @param own of the agent's JVM
     * @param beside where plugins keep private files of the workspace
     */
    static void keep(Map<String, String> variables, Map<String, String> own, Path home, Path beside) {
        String docker = variables.getOrDefault(DOCKER, "");
        if (docker.isEmpty() || !variables.getOrDefault(VARIABLE, "").isEmpty()) {
            return;
        }
        boolean login = beside.equals(Path.of(docker).getParent());
        Path made = Path.of(docker, "buildx", "instances");
        if (login && new LocalFiles().list(made).isEmpty()) {
            String persons = own.getOrDefault(DOCKER, "");
            Path configuration = persons.isEmpty() ? home.resolve(".docker") : Path.of(persons);
            variables.put(VARIABLE, configuration.resolve("buildx").toString());
        }
    }
}
