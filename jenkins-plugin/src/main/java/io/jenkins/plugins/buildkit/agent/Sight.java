package io.jenkins.plugins.buildkit.agent;

import hudson.EnvVars;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one look at an agent showed, told as triples of a kind, a place and what is there.
 *
 * @param os as Java or {@code uname} name it
 * @param environment of processes that the step starts
 */
record Sight(String os, String architecture, String home, EnvVars environment, Answers answers) {
    /** Kinds of triples besides those of {@link Answers.Kind}. */
    static final String OS = "os";

    static final String ARCHITECTURE = "architecture";
    static final String HOME = "home";
    static final String VARIABLE = "variable";
    /** All variables as the system lists them, one in a line; a value may go on in the next. */
    static final String VARIABLES = "variables";
    /** Docker's configuration, of which the current context is all that leaves the agent. */
    static final String CONTEXT = "context";
    /** Lines of several files, each after the name of its file and a colon. */
    static final String LINES = "lines";

    /** Before a text that is there; without it there is none. */
    static final String THERE = "=";

    private static final Pattern CONTEXT_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.+-]*");
    private static final Pattern VARIABLE_LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");

    /** Names of variables only: values can be secrets. */
    @Override
    public String toString() {
        return "Sight[" + os + ", " + architecture + ", " + home + ", " + environment.keySet() + "]";
    }

    /** @param environment the step's own, over which the agent's variables are laid */
    static Sight parse(List<String> triples, EnvVars environment) {
        Parser parser = new Parser(new EnvVars(environment));
        for (int i = 0; i + 2 < triples.size(); i += 3) {
            String value = triples.get(i + 2);
            Optional<String> there =
                    value.startsWith(THERE) ? Optional.of(value.substring(THERE.length())) : Optional.empty();
            parser.take(triples.get(i), triples.get(i + 1), there);
        }
        return new Sight(parser.os, parser.architecture, parser.home, parser.environment, parser.answers);
    }

    private static final class Parser {
        private final EnvVars environment;
        private final Answers answers = new Answers();
        private String os = "";
        private String architecture = "";
        private String home = "";

        Parser(EnvVars environment) {
            this.environment = environment;
        }

        void take(String kind, String place, Optional<String> there) {
            switch (kind) {
                case OS -> os = there.orElse("");
                case ARCHITECTURE -> architecture = there.orElse("");
                case HOME -> home = there.orElse("");
                case VARIABLE -> there.ifPresentOrElse(v -> environment.put(place, v), () -> environment.remove(place));
                case VARIABLES -> variables(there.orElse(""));
                case CONTEXT -> answers.add(Answers.Kind.TEXT, place, there.map(Parser::onlyContext));
                case LINES -> lines(place, there.orElse(""));
                default -> answer(Answers.Kind.valueOf(kind), place, there);
            }
        }

        private void answer(Answers.Kind kind, String place, Optional<String> there) {
            if (kind == Answers.Kind.NAMES) {
                answers.addNames(place, Arrays.asList(there.orElse("").split("/", -1)));
            } else {
                answers.add(kind, place, there);
            }
        }

        private void variables(String text) {
            String last = "";
            for (String line : text.split("\n", -1)) {
                Matcher variable = VARIABLE_LINE.matcher(line);
                if (variable.matches()) {
                    last = variable.group(1);
                    environment.put(last, variable.group(2));
                } else if (!last.isEmpty() && !line.isEmpty()) {
                    environment.put(last, environment.get(last) + "\n" + line);
                }
            }
        }

        private static String onlyContext(String text) {
            Matcher name = CONTEXT_NAME.matcher(text);
            return name.lookingAt() ? "{\"currentContext\":\"" + name.group() + "\"}" : "{}";
        }

        /** As {@code grep} writes them; a file without lines cannot be read or is empty. */
        private void lines(String directory, String text) {
            for (String name : answers.names(Path.of(directory)).orElse(List.of())) {
                answers.add(Answers.Kind.TEXT, directory + "/" + name, Optional.empty());
            }
            StringBuilder content = new StringBuilder();
            String current = "";
            for (String line : text.split("\n", -1)) {
                int colon = line.indexOf(':', directory.length());
                if (!line.startsWith(directory + "/") || colon < 0) {
                    continue;
                }
                String file = line.substring(0, colon);
                if (!file.equals(current)) {
                    content.setLength(0);
                    current = file;
                }
                content.append(line, colon + 1, line.length()).append('\n');
                answers.add(Answers.Kind.TEXT, file, Optional.of(content.toString()));
            }
        }
    }
}
