package io.jenkins.plugins.buildkit.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lays the plugins out as the harness of Jenkins looks for them: {@code test-dependencies/index} beside the tests, and
 * an archive for each name in it. A plugin of the class path gets one with its manifest; its classes are found on the
 * class path. Ours is the packed file, and one that is more than its jar is taken from where the build put it.
 */
public final class OfferedPlugins implements LauncherSessionListener {
    private static final String OURS = "buildkit";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            layOut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void layOut() throws IOException {
        Path packed = Path.of(System.getProperty("buildkit.hpi"));
        Path folder = Files.createDirectories(testClasses().resolve("test-dependencies"));
        TreeSet<String> names = new TreeSet<>();
        for (Manifest plugin : plugins()) {
            String name = plugin.getMainAttributes().getValue("Short-Name");
            Path whole = name.equals(OURS) ? packed : packed.resolveSibling("plugins/" + name + ".hpi");
            Path archive = folder.resolve(name + ".jpi");
            if (Files.exists(whole)) {
                Files.copy(whole, archive, StandardCopyOption.REPLACE_EXISTING);
            } else {
                writeThin(archive, plugin);
            }
            names.add(name);
        }
        if (!names.contains(OURS)) {
            throw new IllegalStateException("the packed jar of the plugin is not on the class path of the tests");
        }
        Files.write(folder.resolve("index"), names);
    }

    private static List<Manifest> plugins() throws IOException {
        List<Manifest> plugins = new ArrayList<>();
        ClassLoader loader = OfferedPlugins.class.getClassLoader();
        for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            if (manifest.openConnection() instanceof JarURLConnection) {
                try (InputStream in = manifest.openStream()) {
                    Manifest read = new Manifest(in);
                    Attributes attributes = read.getMainAttributes();
                    if (attributes.getValue("Short-Name") != null && attributes.getValue("Plugin-Version") != null) {
                        plugins.add(read);
                    }
                }
            }
        }
        return plugins;
    }

    private static void writeThin(Path archive, Manifest manifest) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            manifest.write(zip);
            zip.closeEntry();
        }
    }

    private static Path testClasses() {
        try {
            return Path.of(OfferedPlugins.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
