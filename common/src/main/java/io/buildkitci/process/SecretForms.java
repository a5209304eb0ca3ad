package io.buildkitci.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The forms in which a secret turns up in logs: itself, each of its lines, and each of these encoded. */
final class SecretForms {
    private static final String RFC_3986 = "-_.~";
    private static final String URI_COMPONENT = "-_.~!*'()";
    private static final String GO_USER_INFO = "-_.~$&+,;=";
    private static final String HTML_FORM = "-_.*";

    /** Columns at which base64(1) and PEM break their lines. */
    private static final int[] BASE64_COLUMNS = {76, 64};

    /** A last line shorter than this, {@code Cg==} for one, is in other texts too. */
    private static final int SHORTEST_TAIL = 8;

    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** @param shortest values, lines and forms with fewer characters are left out, blanks around them not counted */
    static Stream<String> of(String secret, int shortest) {
        SecretForms all = new SecretForms();
        Stream.concat(Stream.of(secret, secret.strip()), secret.lines().map(String::strip))
                .distinct()
                .filter(part -> part.strip().length() >= shortest)
                .forEach(all::add);
        return all.forms.stream().filter(form -> form.length() >= shortest);
    }

    private void add(String part) {
        forms.add(part);
        forms.add(quoted(part, false));
        forms.add(quoted(part, true));
        forms.add(part.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        forms.add(part.replace("'", "'\\''"));
        forms.add(part.replace("'", "'\"'\"'"));
        for (String unescaped : List.of(RFC_3986, URI_COMPONENT, GO_USER_INFO, HTML_FORM)) {
            for (HexFormat digits : List.of(HexFormat.of().withUpperCase(), HexFormat.of())) {
                String escaped = percentEscaped(part, unescaped, digits);
                forms.add(escaped);
                forms.add(escaped.replace("%20", "+"));
            }
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            addBase64(bytes, encoder);
        }
    }

    /** As JSON and Go's {@code %q} quote it; Go's JSON also escapes what HTML would mind. */
    private static String quoted(String text, boolean forHtml) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean escaped = c < ' ' || (forHtml && "<>&".indexOf(c) >= 0);
                    quoted.append(escaped ? "\\u00" + HexFormat.of().toHexDigits((byte) c) : String.valueOf(c));
                }
            }
        }
        return quoted.toString();
    }

    private static String percentEscaped(String text, String unescaped, HexFormat digits) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || unescaped.indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : "%" + digits.toHexDigits(b));
        }
        return escaped.toString();
    }

    /** The whole with and without padding, in lines, and what it is in the middle of a longer text. */
    private void addBase64(byte[] bytes, Base64.Encoder encoder) {
        String whole = encoder.encodeToString(bytes);
        forms.add(whole);
        forms.add(whole.replace("=", ""));
        for (int columns : BASE64_COLUMNS) {
            forms.addAll(cut(whole, columns));
        }
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String text = encoder.withoutPadding().encodeToString(shifted);
            int first = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            forms.add(text.substring(first, end));
        }
    }

    private static List<String> cut(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start + SHORTEST_TAIL <= text.length(); start += columns) {
            lines.add(text.substring(start, Math.min(text.length(), start + columns)));
        }
        return lines;
    }
}
