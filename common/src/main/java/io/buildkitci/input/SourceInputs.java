package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Source;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is built. */
final class SourceInputs {
    private static final Set<String> CALLS = Set.of("build", "check", "lint", "outline", "targets");

    private final InputReader in;

    private SourceInputs(InputReader in) {
        this.in = in;
    }

    static Source read(InputReader in) {
        return new SourceInputs(in).source();
    }

    private Source source() {
        Optional<String> context = in.one("context", this::context);
        Optional<String> file = in.text("file");
        if (context.isPresent()) {
            checkDockerfile(context.get(), file);
        }
        return new Source(
                context.orElse(""),
                file,
                in.text("target"),
                Settings.eachOnce(in, "build-args", this::buildArg),
                Settings.eachOnce(in, "build-contexts", this::buildContext),
                in.one("call", SourceInputs::call));
    }

    private String context(String text) throws InvalidValue {
        if (text.equals("-")) {
            throw new InvalidValue(text, "a context cannot be read from standard input; give a directory or a URL");
        }
        if (!in.outside().directory().test(text) && !ContextPath.isRemote(text)) {
            throw new InvalidValue(text, "no such directory, and not a git or http URL");
        }
        return text;
    }

    /** buildx takes a Dockerfile's path from where it runs, not from the context. */
    private void checkDockerfile(String context, Optional<String> file) {
        boolean local = in.outside().directory().test(context);
        if (!local || (file.isPresent() && ContextPath.isRemote(file.get()))) {
            return;
        }
        if (file.isEmpty()) {
            String usual = ContextPath.child(context, "Dockerfile");
            if (!readable(usual) && !readable(ContextPath.child(context, "dockerfile"))) {
                in.problem("file", usual, "no such file; name the Dockerfile here");
            }
        } else if (file.get().equals("-")) {
            in.problem("file", "-", "a Dockerfile cannot be read from standard input; give a path");
        } else if (!readable(file.get())) {
            String inContext = ContextPath.child(context, file.get());
            String hint =
                    readable(inContext) ? "; it is taken from where the step runs, write '" + inContext + "'" : "";
            in.problem("file", file.get(), "no such file" + hint);
        }
    }

    private boolean readable(String path) {
        return in.outside().readableFile().test(path);
    }

    /** A bare name takes its value from the environment, see docs/adr/0003-bare-build-args.md. */
    private Setting buildArg(String text) throws InvalidValue {
        boolean bare = text.indexOf('=') < 0;
        Setting arg = bare ? fromEnvironment(text) : Settings.parse(text);
        if (Masking.looksSecret(arg.name())) {
            in.notice(
                    "build-args",
                    "'" + arg.name() + "' looks like a secret; build arguments stay readable in the image's history,"
                            + " secrets, secret-envs and secret-files do not");
        }
        return arg;
    }

    private Setting fromEnvironment(String name) throws InvalidValue {
        String value = in.outside()
                .variable()
                .apply(name)
                .orElseThrow(() -> new InvalidValue(
                        name, "has no '=', and there is no environment variable of this name; write name=value"));
        in.notice("build-args", "'" + name + "' has no '='; its value is taken from the environment");
        return new Setting(name, value);
    }

    private Setting buildContext(String text) throws InvalidValue {
        Setting context = Settings.parse(text);
        ImageRef.parse(context.name());
        String place = context.value();
        if (place.startsWith("docker-image://")) {
            ImageRef.parse(place.substring("docker-image://".length()));
        } else if (!ContextPath.isImage(place)
                && !ContextPath.isRemote(place)
                && !in.outside().directory().test(place)) {
            throw new InvalidValue(
                    text,
                    "'" + place + "' is no directory; accepted are directories, docker-image://, oci-layout://,"
                            + " git and http URLs");
        }
        return context;
    }

    static String call(String text) throws InvalidValue {
        List<String> methods = AttributesText.fields(text).stream()
                .filter(f -> !f.startsWith("format=") && !f.startsWith("ignorestatus="))
                .toList();
        if (methods.size() != 1 || !CALLS.contains(methods.get(0))) {
            throw new InvalidValue(
                    text,
                    "unknown call; accepted are build, check, outline and targets, with ,format=… if wanted"
                            + Nearest.hint(text, CALLS.stream()));
        }
        return text;
    }
}
