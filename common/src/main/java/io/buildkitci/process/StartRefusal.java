package io.buildkitci.process;

import java.util.Map;
import java.util.Optional;

/** Why a program could not be started, in words that name it and never the value of a variable. */
public final class StartRefusal {
    private StartRefusal() {}

    /** What can be seen before trying, among it all that the JDK would report with the value of a variable. */
    public static Optional<String> before(Command command) {
        String program = command.argv().get(0);
        for (String argument : command.argv()) {
            if (argument.indexOf('\0') >= 0) {
                return Optional.of(program.replace("\0", "\\0") + ": an argument contains a NUL character");
            }
        }
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            String name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                return Optional.of(program + ": '" + name.replace("\0", "\\0") + "' cannot be a variable's name");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                return Optional.of(program + ": the value of the variable " + name + " contains a NUL character");
            }
        }
        return Optional.empty();
    }

    /** For a program without a file, and for one whose file is there but not its interpreter. */
    public static boolean saysMissing(String said) {
        return says(said, 2);
    }

    /** Whether the system looks such a program up along {@code PATH}. */
    public static boolean isLookedUp(String program) {
        return program.indexOf('/') < 0;
    }

    /**
     * @param said the exception's message
     * @param there whether the program's file is there all the same
     */
    public static String reason(Command command, String said, boolean there) {
        String program = command.argv().get(0);
        if (isLookedUp(program) && saysMissing(said)) {
            return program + ": no such program on the PATH";
        }
        if (saysMissing(said)) {
            return there ? program + ": the interpreter that it names is missing" : program + ": no such file";
        }
        if (says(said, 13)) {
            return program + ": not executable (permission denied)";
        }
        if (says(said, 7)) {
            return program + ": its arguments and environment are longer than this system allows";
        }
        return program + ": could not be started: " + said;
    }

    /** The JDK has no other way to tell the error number. */
    private static boolean says(String message, int errno) {
        return message.contains("error=" + errno + ",");
    }
}
