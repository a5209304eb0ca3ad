package io.jenkins.plugins.buildkit.packaging;

import hudson.Extension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The built {@code .hpi}, opened as Jenkins opens it: its manifest, and a class loader over nothing but its own jars
 * whose parent has only what Jenkins and the declared plugins offer.
 */
final class Hpi {
    private static final String OWN = "WEB-INF/lib/buildkit.jar";

    private final Map<String, byte[]> entries;
    private final Map<String, Map<String, byte[]>> jars = new TreeMap<>();
    private final Own loader;

    private Hpi(Path file, Path unpacked) throws IOException {
        this.entries = read(file);
        List<URL> urls = new ArrayList<>();
        for (String name : entries.keySet()) {
            if (name.endsWith(".jar")) {
                Path jar = unpacked.resolve(Path.of(name).getFileName());
                Files.write(jar, Objects.requireNonNull(entries.get(name)));
                jars.put(name, read(jar));
                urls.add(jar.toUri().toURL());
            }
        }
        this.loader = new Own(urls.toArray(URL[]::new), new Offered());
    }

    /** The one that the build made. */
    static Hpi built(Path unpacked) throws IOException {
        return new Hpi(Path.of("target", "buildkit.hpi"), unpacked);
    }

    Set<String> entries() {
        return entries.keySet();
    }

    Set<String> jars() {
        return jars.keySet();
    }

    /** The files of all bundled jars. */
    Set<String> bundled() {
        Set<String> all = new TreeSet<>();
        jars.values().forEach(jar -> all.addAll(jar.keySet()));
        return all;
    }

    /** The files of the plugin's own jar that end so, and their text. */
    Map<String, String> own(String ending) {
        Map<String, String> texts = new TreeMap<>();
        Objects.requireNonNull(jars.get(OWN)).forEach((name, content) -> {
            if (name.endsWith(ending)) {
                texts.put(name, new String(content, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    Attributes manifest() throws IOException {
        return manifest(entries);
    }

    Attributes ownManifest() throws IOException {
        return manifest(Objects.requireNonNull(jars.get(OWN)));
    }

    ClassLoader loader() {
        return loader;
    }

    /** Its jars without the libraries. */
    List<URL> ownClassPath() {
        return Arrays.stream(loader.getURLs())
                .filter(jar -> jar.getPath().matches(".*/buildkit[^/]*\\.jar"))
                .toList();
    }

    /** Every class of the plugin's own jar, loaded from it. */
    List<Class<?>> classes() throws ClassNotFoundException {
        List<Class<?>> all = new ArrayList<>();
        for (String file : own(".class").keySet()) {
            if (!file.endsWith("package-info.class")) {
                String name = file.substring(0, file.length() - ".class".length());
                all.add(Class.forName(name.replace('/', '.'), false, loader));
            }
        }
        return all;
    }

    /** The names of the classes that stand in for Jenkins. */
    static Set<String> stoodIn() throws IOException {
        try {
            Path place = Path.of(Extension.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isDirectory(place)) {
                return read(place).keySet();
            }
            try (Stream<Path> files = Files.walk(place)) {
                return new TreeSet<>(files.filter(Files::isRegularFile)
                        .map(file -> place.relativize(file).toString().replace('\\', '/'))
                        .toList());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attributes manifest(Map<String, byte[]> zip) throws IOException {
        byte[] content = Objects.requireNonNull(zip.get("META-INF/MANIFEST.MF"));
        return new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
    }

    private static Map<String, byte[]> read(Path file) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        files.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    /** Finds indexes in the plugin's jars only. */
    private static final class Own extends URLClassLoader {
        Own(URL[] jars, ClassLoader parent) {
            super(jars, parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
        }
    }

    /** What a plugin finds around it: the JDK, Jenkins, and the plugins that the manifest names. */
    private static final class Offered extends ClassLoader {
        private final Set<String> jenkins;

        Offered() throws IOException {
            super(ClassLoader.getPlatformClassLoader());
            this.jenkins = stoodIn();
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            boolean offered = jenkins.contains(name.replace('.', '/') + ".class")
                    || name.startsWith("jakarta.servlet.")
                    || name.startsWith("com.fasterxml.jackson.core.")
                    || name.startsWith("org.slf4j.")
                    || name.startsWith("net.java.sezpoz.");
            if (!offered) {
                throw new ClassNotFoundException(name);
            }
            return Class.forName(name, false, Hpi.class.getClassLoader());
        }
    }
}
