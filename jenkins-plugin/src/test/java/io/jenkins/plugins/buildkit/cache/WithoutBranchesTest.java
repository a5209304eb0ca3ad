package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Run;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Jenkins that has neither scm-api nor branch-api. */
class WithoutBranchesTest {
    /** Loads the room anew and finds no class of those plugins. */
    private static final class Plain extends ClassLoader {
        Plain() {
            super(WithoutBranchesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jenkins.scm.") || name.startsWith("jenkins.branch.")) {
                throw new ClassNotFoundException(name);
            }
            boolean anew = name.matches("io\\.jenkins\\.plugins\\.buildkit\\.cache\\.(JobOrigin|BuildOrigin).*");
            return anew && findLoadedClass(name) == null ? defined(name) : super.loadClass(name, resolve);
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void everyJobIsOneWithoutBranches() throws Exception {
        Class<?> origins = new Plain().loadClass("io.jenkins.plugins.buildkit.cache.JobOrigin");
        Method ofRun = origins.getDeclaredMethod("of", Run.class);
        Method ofItem = origins.getDeclaredMethod("of", Item.class);
        ofRun.setAccessible(true);
        ofItem.setAccessible(true);
        PlainJob job = new PlainJob("team/nightly");

        assertThat(ofRun.invoke(null, job.build())).hasToString("WholeJob[owner=team/nightly]");
        assertThat(ofItem.invoke(null, job)).isEqualTo(Optional.empty());
    }
}
