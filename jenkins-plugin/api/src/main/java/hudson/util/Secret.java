package hudson.util;

import java.io.Serializable;

/** A text that Jenkins keeps encrypted; here it is only not shown. */
public final class Secret implements Serializable {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret fromString(String data) {
        return new Secret(data);
    }

    public String getPlainText() {
        return value;
    }
}
