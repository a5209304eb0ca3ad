package io.jenkins.plugins.buildkit.forms;

import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.QemuInputs;
import io.jenkins.plugins.buildkit.forms.StepForm.Own;
import io.jenkins.plugins.buildkit.forms.StepForm.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every step's form, and what is written from it: run {@link #main} in {@code jenkins-plugin} after inputs changed. */
final class StepForms {
    private static final String PACKAGE = "io.jenkins.plugins.buildkit.step.";
    private static final String CREDENTIALS_LIST = """
            <f:repeatableProperty field="%s" minimum="0" add="%s"/>""";

    static final StepForm BUILD = new StepForm(
            "buildkitBuild",
            PACKAGE + "BuildkitBuildStep",
            BuildInputs.ALL,
            Set.of("summary", "github-token", "cache-token", "driver", "client"),
            List.of(
                    new Own(
                            "registryUrl",
                            "tags",
                            "registryUrl",
                            "<f:textbox placeholder=\"https://registry.example\"/>",
                            "Registry",
                            "address of the registry that the credentials are for; the one of the first tag if not given",
                            "registryUrl: 'https://registry.example'"),
                    new Own(
                            "registryCredentialsId",
                            "tags",
                            "registryCredentialsId",
                            "<c:select/>",
                            "Registry credentials",
                            "username and password for the registry, by their id in Jenkins; they reach buildx in a"
                                    + " private file and are on no command line",
                            "registryCredentialsId: 'registry'"),
                    new Own(
                            "secrets",
                            "secrets",
                            "secrets",
                            CREDENTIALS_LIST.formatted("secrets", "Add a secret"),
                            "Secrets",
                            "secrets that steps of the Dockerfile may mount, each an id and the credentials (secret text or"
                                    + " secret file) that it comes from",
                            "secrets: [[id: 'npm', credentialsId: 'npm-token']]"),
                    new Own(
                            "ssh",
                            "ssh",
                            "ssh",
                            CREDENTIALS_LIST.formatted("ssh", "Add an SSH key"),
                            "SSH keys",
                            "SSH keys that steps of the Dockerfile may use, each an id and the credentials that it comes from",
                            "ssh: [[id: 'default', credentialsId: 'git-key']]"),
                    either(
                            "provenance",
                            "Provenance",
                            "provenance attestation: true, false or attributes",
                            "'mode=max'"),
                    either("sbom", "SBOM", "bill of materials: true, false or attributes", "true"),
                    tool("builder")),
            List.of(
                    "context",
                    "file",
                    "target",
                    "platforms",
                    "tags",
                    "push",
                    "registryCredentialsId",
                    "registryUrl",
                    "cache",
                    "buildArgs",
                    "secrets",
                    "ssh",
                    "builder"));

    static final StepForm BAKE = new StepForm(
            "buildkitBake",
            PACKAGE + "BuildkitBakeStep",
            BakeInputs.ALL,
            Set.of("print", "summary", "github-token", "cache-token"),
            List.of(
                    new Own(
                            "registryUrl",
                            "load",
                            "registryUrl",
                            "<f:textbox placeholder=\"https://registry.example\"/>",
                            "Registry",
                            "address of the registry that the credentials are for",
                            "registryUrl: 'https://registry.example'"),
                    new Own(
                            "registryCredentialsId",
                            "load",
                            "registryCredentialsId",
                            "<c:select/>",
                            "Registry credentials",
                            "username and password for the registry, by their id in Jenkins; they reach buildx in a"
                                    + " private file and are on no command line",
                            "registryCredentialsId: 'registry'"),
                    new Own(
                            "secrets",
                            "set",
                            "secrets",
                            CREDENTIALS_LIST.formatted("secrets", "Add a secret"),
                            "Secrets",
                            "secrets that steps of every target may mount besides those of the definition, each an id and the"
                                    + " credentials (secret text or secret file) that it comes from",
                            "secrets: [[id: 'npm', credentialsId: 'npm-token']]"),
                    new Own(
                            "ssh",
                            "set",
                            "ssh",
                            CREDENTIALS_LIST.formatted("ssh", "Add an SSH key"),
                            "SSH keys",
                            "SSH keys that steps of every target may use besides those of the definition, each an id and the"
                                    + " credentials that it comes from",
                            "ssh: [[id: 'default', credentialsId: 'git-key']]"),
                    either(
                            "provenance",
                            "Provenance",
                            "provenance attestation of every target: true, false or attributes",
                            "'mode=max'"),
                    either("sbom", "SBOM", "bill of materials of every target: true, false or attributes", "true"),
                    tool("builder")),
            List.of(
                    "files",
                    "targets",
                    "vars",
                    "set",
                    "push",
                    "registryCredentialsId",
                    "registryUrl",
                    "cache",
                    "secrets",
                    "ssh",
                    "builder"));

    static final StepForm QEMU = new StepForm(
            "buildkitSetupQemu",
            PACKAGE + "SetupQemuStep",
            QemuInputs.ALL,
            Set.of("cache-image"),
            List.of(),
            List.of("platforms"));

    private static final Own NODES = new Own(
            "append",
            "append",
            "append",
            CREDENTIALS_LIST.formatted("append", "Add a node"),
            "Further nodes",
            "further nodes of the builder, each with its endpoint and the platforms that it builds",
            "append: [[endpoint: 'tcp://arm.example:1234', platforms: 'linux/arm64']]");

    private static final List<String> OF_A_BUILDER = List.of("name", "driver", "endpoint", "platforms", "driverOpts");

    static final StepForm BUILDER = new StepForm(
            "buildkitCreateBuilder",
            PACKAGE + "CreateBuilderStep",
            BuilderInputs.ALL.withDefault("use", "false"),
            Set.of("cache-binary", "install-from", "version", "cleanup", "keep-state"),
            List.of(NODES, tool("append")),
            OF_A_BUILDER);

    static final StepForm WITH_BUILDER = new StepForm(
            "withBuildkitBuilder",
            PACKAGE + "WithBuilderStep",
            BuilderInputs.ALL,
            Set.of("cache-binary", "install-from", "version", "cleanup", "use", "bootstrap"),
            List.of(NODES, tool("append")),
            OF_A_BUILDER);

    static final StepForm NODE = new StepForm(
            "", PACKAGE + "BuilderNode", BuilderInputs.NODE, Set.of(), List.of(), List.of("endpoint", "platforms"));

    static final List<StepForm> ALL = List.of(BUILD, BAKE, QEMU, BUILDER, WITH_BUILDER);

    private StepForms() {}

    /** The tool that is configured in Jenkins, where the agent's own buildx is not to be taken. */
    private static Own tool(String after) {
        return new Own(
                "buildx",
                after,
                "buildx",
                "<f:textbox/>",
                "Tool buildx",
                "name of a tool 'buildx' of this Jenkins; the agent's own buildx if not given",
                "buildx: 'buildx-0.36'");
    }

    /** A property is true or false, another one holds the text; the form has one field for both. */
    private static Own either(String name, String title, String text, String example) {
        String field = "<f:textbox value=\"${instance.texts().get('" + name + "')}\"/>";
        return new Own(name, name, name + "Attributes", field, title, text, name + ": " + example);
    }

    /** Every file by its path in {@code src/main/resources}. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        List<StepForm> forms = Stream.concat(ALL.stream(), Stream.of(NODE)).toList();
        for (StepForm form : forms) {
            String folder = form.type().replace('.', '/') + "/";
            files.put(folder + "config.jelly", FormText.config(form));
            for (Parameter parameter : form.parameters()) {
                String help = FormText.help(parameter);
                String property = parameter.own().map(Own::property).orElse(parameter.name());
                files.put(folder + "help-" + parameter.name() + ".html", help);
                files.put(folder + "help-" + property + ".html", help);
            }
        }
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = Path.of("src", "main", "resources").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path docs = Path.of("..", "docs", "jenkins.md");
        String text = Files.readString(docs);
        for (StepForm form : ALL) {
            String begin = "<!-- table of " + form.symbol() + " -->\n";
            int from = text.indexOf(begin) + begin.length();
            int to = text.indexOf("<!-- end of table -->", from);
            text = text.substring(0, from) + ParameterTable.render(form) + text.substring(to);
        }
        Files.writeString(docs, text);
    }
}
