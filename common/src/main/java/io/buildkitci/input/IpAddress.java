package io.buildkitci.input;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Literal IP addresses, told from names without asking a name server. */
final class IpAddress {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern MAYBE_V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpAddress() {}

    static boolean isLiteral(String text) {
        boolean bracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
        String address = bracketed ? text.substring(1, text.length() - 1) : text;
        return V4.matcher(address).matches() || isV6(address);
    }

    /** A text with a colon is never looked up: it is an address or it is refused. */
    private static boolean isV6(String address) {
        if (!MAYBE_V6.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName("[" + address + "]").getHostAddress() != null;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
