package io.buildkitci.action.job;

import io.buildkitci.input.Problem;
import io.buildkitci.model.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code BUILDER_NODE_<i>_AUTH_TLS_{CACERT,CERT,KEY}} hold for one node.
 *
 * @param texts by driver option: {@code cacert}, {@code cert}, {@code key}
 */
record NodeCertificates(int node, SortedMap<String, Secret> texts) {
    private static final Pattern VARIABLE =
            Pattern.compile("BUILDER_NODE_(0|[1-9]\\d{0,3})_AUTH_TLS_(CACERT|CERT|KEY)");

    NodeCertificates {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /** By node; empty variables count as not set. */
    static SortedMap<Integer, NodeCertificates> from(Map<String, String> environment) {
        SortedMap<Integer, SortedMap<String, Secret>> texts = new TreeMap<>();
        environment.forEach((name, value) -> {
            Matcher variable = VARIABLE.matcher(name);
            if (variable.matches() && !value.isBlank()) {
                texts.computeIfAbsent(Integer.valueOf(variable.group(1)), node -> new TreeMap<>())
                        .put(variable.group(2).toLowerCase(Locale.ROOT), new Secret(value));
            }
        });
        SortedMap<Integer, NodeCertificates> all = new TreeMap<>();
        texts.forEach((node, its) -> all.put(node, new NodeCertificates(node, its)));
        return all;
    }

    String variable(String option) {
        return "BUILDER_NODE_" + node + "_AUTH_TLS_" + option.toUpperCase(Locale.ROOT);
    }

    /**
     * What buildx would miss: the authority whenever there is anything, and certificate and key together
     * ({@code driver/remote/factory.go} of buildx 0.36).
     *
     * @param others options that the person gave themselves
     */
    List<Problem> problems(Set<String> others) {
        List<Problem> problems = new ArrayList<>();
        if (lacks("cacert", others)) {
            problems.add(missing("cacert", "TLS needs the authority's certificate too"));
        }
        if (lacks("key", others) && !lacks("cert", others)) {
            problems.add(missing("key", "a certificate needs its key"));
        }
        if (lacks("cert", others) && !lacks("key", others)) {
            problems.add(missing("cert", "a key needs its certificate"));
        }
        return problems;
    }

    private boolean lacks(String option, Set<String> others) {
        return !texts.containsKey(option) && !others.contains(option);
    }

    private Problem missing(String option, String why) {
        return new Problem(variable(option), "", "is not set; " + why);
    }
}
