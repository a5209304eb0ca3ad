package hudson.util;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A text that is kept encrypted; here it is only made unreadable at a glance. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public String getPlainText() {
        return value;
    }

    public String getEncryptedValue() {
        String text = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return "{" + new StringBuilder(text).reverse() + "}";
    }

    /** @return {@code null} for what was not encrypted */
    public static Secret decrypt(String data) {
        if (data == null || !data.startsWith("{") || !data.endsWith("}")) {
            return null;
        }
        String text = new StringBuilder(data.substring(1, data.length() - 1))
                .reverse()
                .toString();
        try {
            return new Secret(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncrypted) {
            return null;
        }
    }

    public static Secret fromString(String data) {
        Secret decrypted = decrypt(data);
        return decrypted == null ? new Secret(data) : decrypted;
    }
}
