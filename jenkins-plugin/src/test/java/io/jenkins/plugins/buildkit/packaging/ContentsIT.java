package io.jenkins.plugins.buildkit.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code .hpi} holds, and what it says that it needs. */
class ContentsIT {
    /** Which plugin of Jenkins a package comes from; the longest beginning counts, and what is not here is core's. */
    private static final Map<String, String> PLUGINS = Map.ofEntries(
            Map.entry("org.jenkinsci.plugins.workflow.steps.", "workflow-step-api"),
            Map.entry("org.jenkinsci.plugins.workflow.", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.support.", "workflow-support"),
            Map.entry("org.jenkinsci.plugins.workflow.job.", "workflow-job"),
            Map.entry("org.jenkinsci.plugins.workflow.cps.", "workflow-cps"),
            Map.entry("org.jenkinsci.plugins.durabletask.", "durable-task"),
            Map.entry("org.jenkinsci.plugins.structs.", "structs"),
            Map.entry("org.jenkinsci.plugins.scriptsecurity.", "script-security"),
            Map.entry("org.jenkinsci.plugins.docker.commons.", "docker-commons"),
            Map.entry("org.jenkinsci.plugins.plaincredentials.", "plain-credentials"),
            Map.entry("jenkins.branch.", "branch-api"),
            Map.entry("jenkins.scm.api.", "scm-api"),
            Map.entry("com.cloudbees.plugins.credentials.", "credentials"),
            Map.entry("com.cloudbees.jenkins.plugins.sshcredentials.", "ssh-credentials"),
            Map.entry("com.fasterxml.jackson.core.", "jackson2-api"));

    private static Hpi hpi;
    private static Set<String> references;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        hpi = Hpi.built(folder);
        references = references(hpi);
    }

    @Test
    void bundlesItsOwnJarTheEngineTheCacheServiceAndWhatTheyStandOn() {
        assertThat(hpi.jars())
                .containsExactly(
                        "WEB-INF/lib/buildkit-ci-cache-service.jar",
                        "WEB-INF/lib/buildkit-ci-common.jar",
                        "WEB-INF/lib/buildkit.jar",
                        "WEB-INF/lib/fastcsv.jar",
                        "WEB-INF/lib/h2-mvstore.jar",
                        "WEB-INF/lib/jose4j.jar",
                        "WEB-INF/lib/netty-buffer.jar",
                        "WEB-INF/lib/netty-codec-base.jar",
                        "WEB-INF/lib/netty-codec-compression.jar",
                        "WEB-INF/lib/netty-codec-http.jar",
                        "WEB-INF/lib/netty-common.jar",
                        "WEB-INF/lib/netty-handler.jar",
                        "WEB-INF/lib/netty-resolver.jar",
                        "WEB-INF/lib/netty-transport-native-unix-common.jar",
                        "WEB-INF/lib/netty-transport.jar",
                        "WEB-INF/lib/semver4j.jar");
    }

    @Test
    void holdsNoClassThatJenkinsOrAPluginOffers() throws IOException {
        Set<String> both = classes(Hpi.stoodIn());
        both.retainAll(hpi.bundled());

        assertThat(both).isEmpty();
        assertThat(hpi.bundled())
                .noneMatch(name -> name.matches("(hudson|jenkins|org/jenkinsci|org/kohsuke|com/cloudbees|com/fasterxml"
                        + "|net/sf/json|org/jvnet|groovy|org/codehaus|jakarta|javax|org/slf4j)/.*"));
    }

    @Test
    void holdsNoClassOfTheTests() throws IOException {
        Path tests = Path.of("target", "test-classes");
        try (var files = Files.walk(tests)) {
            Set<String> names =
                    files.map(f -> tests.relativize(f).toString()).collect(Collectors.toCollection(TreeSet::new));
            Set<String> both = classes(names);
            assertThat(both).isNotEmpty();
            both.retainAll(hpi.bundled());
            assertThat(both).isEmpty();
        }
        assertThat(hpi.bundled()).noneMatch(name -> name.matches("org/(junit|assertj)/.*"));
    }

    @Test
    void findsEveryClassThatItRefersToInItselfInJenkinsOrInADeclaredPlugin() {
        Set<String> missing = new TreeSet<>();
        for (String name : references) {
            try {
                Class.forName(name, false, hpi.loader());
            } catch (ClassNotFoundException | NoClassDefFoundError e) {
                missing.add(name);
            }
        }
        // annotations that say where null may stand: nothing reads them when the plugin runs
        missing.removeIf(name -> name.startsWith("org.jspecify.annotations."));

        assertThat(missing).isEmpty();
    }

    @Test
    void declaresEveryPluginThatItLinksTo() throws IOException {
        Set<String> linked = references.stream()
                .map(ContentsIT::plugin)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(linked).contains("jackson2-api");
        assertThat(dependencies().keySet()).containsAll(linked);
    }

    @Test
    void namesAVersionForEveryPluginThatItDependsOn() throws IOException {
        assertThat(dependencies()).isNotEmpty().allSatisfy((plugin, version) -> {
            assertThat(plugin).matches("[a-z0-9-]+");
            assertThat(version).matches("\\d[\\w.-]*(;resolution:=optional)?");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Short-Name, buildkit",
        "Long-Name, .+",
        "Url, https://.+",
        "Plugin-Version, \\d.*",
        "Jenkins-Version, 2\\.541\\.3",
        "Group-Id, io\\.buildkitci",
        "Artifact-Id, .+",
        "Plugin-Developers, '[^:]+:[^:]*:[^:]*'",
        "Plugin-License-Name, MIT",
        "Plugin-License-Url, https://.+",
        "Plugin-ScmConnection, scm:git:https://.+",
        "Plugin-ScmUrl, https://.+",
        "Support-Dynamic-Loading, true",
    })
    void saysInItsManifest(String key, String value) throws IOException {
        assertThat(hpi.manifest().getValue(key)).matches(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Plugin-Class", "PluginFirstClassLoader", "Mask-Classes", "Class-Path", "Created-By"})
    void doesNotSayInItsManifest(String key) throws IOException {
        assertThat(hpi.manifest().getValue(key)).isNull();
    }

    @Test
    void itsOwnJarSaysThatItsClassesMayBeReadBack() throws IOException {
        assertThat(hpi.ownManifest().getValue("Jenkins-ClassFilter-Whitelisted"))
                .isEqualTo("true");
        assertThat(hpi.ownManifest()).isEqualTo(hpi.manifest());
    }

    @Test
    void tellsOfItselfInThePluginManager() {
        assertThat(hpi.own("index.jelly")).containsKey("index.jelly");
    }

    @Test
    void isTheSameWheneverItIsBuilt() throws IOException {
        try (ZipFile zip = new ZipFile(Path.of("target", "buildkit.hpi").toFile())) {
            assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
        }
    }

    @Test
    void keepsTheNamesOfParameters() throws ClassNotFoundException {
        assertThat(hpi.classes().stream()
                        .flatMap(c -> Arrays.stream(c.getDeclaredConstructors()))
                        .filter(c -> c.isAnnotationPresent(org.kohsuke.stapler.DataBoundConstructor.class))
                        .flatMap(c -> Arrays.stream(c.getParameters())))
                .allMatch(p -> p.isNamePresent());
    }

    /** What our own classes refer to; libraries refer to much that they do without. */
    private static Set<String> references(Hpi hpi) {
        Set<String> names = new TreeSet<>();
        for (JavaClass own : new ClassFileImporter().importUrls(hpi.ownClassPath())) {
            for (Dependency dependency : own.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                while (target.isArray()) {
                    target = target.getComponentType();
                }
                if (!target.isPrimitive()) {
                    names.add(target.getName());
                }
            }
        }
        assertThat(names).isNotEmpty();
        return names;
    }

    private Map<String, String> dependencies() throws IOException {
        Attributes manifest = hpi.manifest();
        Map<String, String> versions = new TreeMap<>();
        for (String dependency : manifest.getValue("Plugin-Dependencies").split(",", -1)) {
            String[] parts = dependency.split(":", 2);
            versions.put(parts[0], parts[1]);
        }
        return versions;
    }

    private static Optional<String> plugin(String name) {
        return PLUGINS.keySet().stream()
                .filter(name::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .map(PLUGINS::get);
    }

    private static Set<String> classes(Set<String> files) {
        return files.stream()
                .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
