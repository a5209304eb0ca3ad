package io.buildkitci.plan;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.SecretSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How secrets reach the client: a value through the client's environment, so that nothing is on disk, or, when it is
 * too long for that, through a private file; never through argv.
 *
 * @param flags values of {@code --secret}
 * @param environment variables to set
 * @param files files to write into the workspace
 */
record HandedSecrets(List<String> flags, Map<String, String> environment, Map<String, String> files) {
    /** Linux takes 128 KiB for one variable, name included (MAX_ARG_STRLEN); Windows 32,767 characters. */
    private static final int LONGEST_VARIABLE = 30_000;

    static HandedSecrets of(List<SecretSpec> secrets, RunPlace place) {
        List<String> flags = new ArrayList<>();
        Map<String, String> environment = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < secrets.size(); i++) {
            SecretSpec secret = secrets.get(i);
            Attributes flag = Attributes.of("id", secret.id());
            if (secret.source() instanceof SecretSpec.Variable variable) {
                flags.add(flag.with("env", variable.name()).render());
            } else if (secret.source() instanceof SecretSpec.SecretFile file) {
                flags.add(flag.with("src", file.path()).render());
            } else if (secret.source() instanceof SecretSpec.Value value) {
                String text = value.secret().reveal();
                if (fitsAVariable(text)) {
                    String name = "BUILDKIT_CI_SECRET_" + i;
                    environment.put(name, text);
                    flags.add(flag.with("env", name).render());
                } else {
                    String name = "secret-" + i;
                    files.put(name, text);
                    flags.add(flag.with("src", place.workspace() + "/" + name).render());
                }
            }
        }
        return new HandedSecrets(flags, environment, files);
    }

    private static boolean fitsAVariable(String text) {
        return text.indexOf('\0') < 0 && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VARIABLE;
    }

    /** Names only. */
    @Override
    public String toString() {
        return "HandedSecrets" + flags;
    }
}
