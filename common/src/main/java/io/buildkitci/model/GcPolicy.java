package io.buildkitci.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of its cache a buildkitd keeps.
 *
 * @param limits amounts by the keys of buildkitd's configuration; none turns the collection of garbage off
 */
public record GcPolicy(Map<String, String> limits) {
    private static final String OFF = "off";

    /** As {@code buildctl prune} calls them, and as the configuration does. */
    private static final Map<String, String> KEYS = Map.of(
            "reserved-space", "reservedSpace",
            "max-used-space", "maxUsedSpace",
            "min-free-space", "minFreeSpace");

    private static final Pattern AMOUNT =
            Pattern.compile("\\d{1,12}(?:\\.\\d{1,6})?\\s?(?:[kKmMgGtTpP][iI]?)?[bB]?|(?:100|\\d{1,2})%");
    private static final Pattern TABLE = Pattern.compile(
            "^[ \\t]*\\[[ \\t]*worker[ \\t]*\\.[ \\t]*[\"']?oci[\"']?[ \\t]*][ \\t]*(?:#.*)?$", Pattern.MULTILINE);
    private static final Pattern NEXT_TABLE = Pattern.compile("^[ \\t]*\\[", Pattern.MULTILINE);
    private static final Pattern HAS_ONE = Pattern.compile(
            "^[ \\t]*(?:gc|gckeepstorage|reservedSpace|maxUsedSpace|minFreeSpace|gcpolicy)[ \\t]*=", Pattern.MULTILINE);
    private static final Pattern HAS_RULES =
            Pattern.compile("^[ \\t]*\\[\\[[ \\t]*worker\\.oci\\.gcpolicy", Pattern.MULTILINE);

    public GcPolicy {
        limits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }

    /** {@code off}, or {@code max-used-space=50GB,reserved-space=10GB,min-free-space=20%}. */
    public static GcPolicy parse(String text) throws InvalidValue {
        Map<String, String> limits = new LinkedHashMap<>();
        if (text.equals(OFF)) {
            return new GcPolicy(limits);
        }
        for (String part : text.split(",", -1)) {
            String[] limit = part.strip().split("=", 2);
            String key = KEYS.getOrDefault(limit[0].strip(), "");
            if (limit.length != 2 || key.isEmpty()) {
                throw new InvalidValue(
                        text,
                        "'" + part.strip() + "' is not reserved-space=…, max-used-space=… or min-free-space=…; off is"
                                + " accepted alone");
            }
            String amount = limit[1].strip();
            if (!AMOUNT.matcher(amount).matches()) {
                throw new InvalidValue(text, "'" + amount + "' is no amount of space; write 512MB, 50GB or 20%");
            }
            if (limits.put(key, amount) != null) {
                throw new InvalidValue(text, "'" + limit[0].strip() + "' is given twice");
            }
        }
        return new GcPolicy(limits);
    }

    /**
     * These as lines of the worker's table in buildkitd's configuration, which is made when it is not there.
     *
     * @throws InvalidValue if the configuration says something of it already
     */
    public String addTo(String config) throws InvalidValue {
        List<String> lines = new ArrayList<>();
        limits.forEach((key, amount) -> lines.add("  " + key + " = \"" + amount + "\"\n"));
        String added = lines.isEmpty() ? "  gc = false\n" : String.join("", lines);
        Matcher table = TABLE.matcher(config);
        boolean there = table.find();
        int begin = there ? Math.min(table.end() + 1, config.length()) : config.length();
        Matcher next = NEXT_TABLE.matcher(config);
        int end = there && next.find(begin) ? next.start() : config.length();
        if (HAS_RULES.matcher(config).find()
                || HAS_ONE.matcher(config.substring(begin, end)).find()) {
            throw new InvalidValue(
                    "worker.oci", "buildkitd's configuration says what garbage is already; write all of it there");
        }
        if (there) {
            String until = config.substring(0, begin);
            return until + (until.endsWith("\n") ? "" : "\n") + added + config.substring(begin);
        }
        String before = config.stripTrailing();
        return before + (before.isEmpty() ? "" : "\n\n") + "[worker.oci]\n" + added;
    }
}
