package hudson.remoting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.security.Roles;
import org.jenkinsci.remoting.Role;
import org.jenkinsci.remoting.RoleChecker;
import org.jenkinsci.remoting.RoleSensitive;

/** Sends work to an agent and its answer back as a connection does, though both ends are this JVM. */
final class Crossing {
    /** What a controller takes from an agent, besides arrays, exceptions, enumerations and Jenkins' own classes. */
    private static final Set<String> TAKEN_BACK = Set.of(
            "java.io.File",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.util.Collections$EmptyList",
            "java.lang.String$CaseInsensitiveComparator",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.CollSer",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap");

    private static final List<String> AND_ALL_OF =
            List.of("hudson.", "jenkins.", "org.jenkinsci.remoting.", "java.util.Collections$");

    private Crossing() {}

    /** What has arrived of the work, allowed to be done there. */
    static <T extends RoleSensitive> T toAgent(T work) throws IOException {
        Class<?> type = work.getClass();
        if (type.isAnonymousClass() || type.isSynthetic()) {
            throw new InvalidClassException(type.getName(), "has no name of its own to be found by at the other end");
        }
        T arrived = copy(work, false);
        arrived.checkRoles(new AtAgent());
        return arrived;
    }

    static <T> T toController(T answer) throws IOException {
        return answer == null ? null : copy(answer, true);
    }

    @SuppressWarnings({"unchecked", "BanSerializableRead"})
    private static <T> T copy(T sent, boolean toController) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        ClassLoader loader = sent.getClass().getClassLoader();
        try (ObjectInputStream in = new Arrival(bytes.toByteArray(), loader, toController)) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static final class Arrival extends ObjectInputStream {
        private final ClassLoader loader;
        private final boolean atController;

        Arrival(byte[] bytes, ClassLoader loader, boolean atController) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.loader = loader;
            this.atController = atController;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            Class<?> type = loader == null
                    ? super.resolveClass(description)
                    : Class.forName(description.getName(), false, loader);
            if (atController && !isTakenBack(type)) {
                throw new SecurityException("a controller does not take a " + type.getName() + " from an agent");
            }
            return type;
        }

        private static boolean isTakenBack(Class<?> type) {
            return type.isArray()
                    || Throwable.class.isAssignableFrom(type)
                    || Enum.class.isAssignableFrom(type)
                    || TAKEN_BACK.contains(type.getName())
                    || AND_ALL_OF.stream().anyMatch(type.getName()::startsWith);
        }
    }

    private static final class AtAgent extends RoleChecker {
        @Override
        public void check(RoleSensitive subject, Collection<Role> expected) {
            if (!expected.contains(Roles.SLAVE)) {
                throw new SecurityException(subject.getClass().getName() + " is not for agents but for " + expected);
            }
        }
    }
}
