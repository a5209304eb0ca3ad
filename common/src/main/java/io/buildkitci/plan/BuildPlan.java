package io.buildkitci.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What will be done for one build, exactly; nothing in it depends on when or where it is carried out.
 *
 * @param argv the client and its arguments; no secret is in it but what a person wrote into an attribute or address
 * @param environment variables for the client beyond the caller's own; values can be secrets
 * @param files files to write into the private workspace first, by name; contents can be secrets
 * @param swaps directories to exchange or to add to after success
 * @param staged outputs to put in their places after success
 * @param notes what a person should know before it runs
 */
public record BuildPlan(
        List<String> argv,
        Map<String, String> environment,
        Map<String, String> files,
        List<DirectorySwap> swaps,
        List<Staged> staged,
        List<String> notes) {
    public BuildPlan {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
        swaps = List.copyOf(swaps);
        staged = List.copyOf(staged);
        notes = List.copyOf(notes);
    }

    /**
     * A directory that the build writes afresh and that takes the place of another when the build has succeeded, so
     * that a failed build never costs the old one.
     *
     * @param fresh written by the build, beside the target or in it
     * @param target replaced by it
     * @param adds whether it is added to the target instead, which is an OCI layout
     */
    public record DirectorySwap(String fresh, String target, boolean adds) {
        public DirectorySwap(String fresh, String target) {
            this(fresh, target, false);
        }
    }

    /**
     * An output that the build writes beside its place, and that is put there when the build has succeeded.
     *
     * @param fresh a file beside the target, or a directory in it
     * @param target the file that is replaced, or the directory that the fresh one's files are put into
     * @param layout whether both are OCI layouts, of which one is added to the other
     */
    public record Staged(String fresh, String target, boolean layout) {
        public Staged(String fresh, String target) {
            this(fresh, target, false);
        }
    }

    /** For {@code --plan} and logs: argv, names of variables and files, notes; never a value of them, nor a credential. */
    public Map<String, List<String>> describe() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("argv", Credentials.hiddenIn(argv));
        parts.put("env", environment.keySet().stream().sorted().toList());
        parts.put("files", files.keySet().stream().sorted().toList());
        parts.put("notes", notes);
        return parts;
    }

    @Override
    public String toString() {
        return "BuildPlan" + describe();
    }
}
