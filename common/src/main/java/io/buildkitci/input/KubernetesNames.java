package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.regex.Pattern;

/** Names that a Kubernetes cluster takes. */
final class KubernetesNames {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private KubernetesNames() {}

    /** Of a namespace, and of most things that are named in one. */
    static String label(String text) throws InvalidValue {
        return Names.matching(
                text, LABEL, "must be at most 63 small letters, digits and '-', with no '-' at either end");
    }

    /** Of a service account or a scheduler. */
    static String subdomain(String text) throws InvalidValue {
        return Names.matching(
                text, SUBDOMAIN, "must be small letters, digits, '-' and '.', each part with no '-' at its ends");
    }

    /** Of a label or an annotation: a name, with or without a domain before it. */
    static String key(String text) throws InvalidValue {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            subdomain(text.substring(0, slash));
        }
        return Names.matching(
                text.substring(slash + 1),
                QUALIFIED,
                "a key is letters, digits, '-', '_' and '.', at most 63, with or without a domain and '/' before them");
    }

    /** The value of a label. */
    static String value(String text) throws InvalidValue {
        return text.isEmpty()
                ? text
                : Names.matching(
                        text, QUALIFIED, "the value of a label is at most 63 letters, digits, '-', '_' and '.'");
    }
}
