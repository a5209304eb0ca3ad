package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items of the form {@code name=value}. */
final class Settings {
    private Settings() {}

    static Setting parse(String text) throws InvalidValue {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new InvalidValue(text, "has no '='; write name=value");
        }
        String name = text.substring(0, equals).strip();
        if (name.isEmpty()) {
            throw new InvalidValue(text, "has no name before the '='");
        }
        return new Setting(name, text.substring(equals + 1));
    }

    /** The settings of an input, the last of each name, with a notice where a name was given before. */
    static List<Setting> eachOnce(InputReader in, String input, InputReader.Parser<Setting> parser) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        for (Setting setting : in.each(input, parser)) {
            if (byName.remove(setting.name()) != null) {
                in.notice(input, "'" + setting.name() + "' is given more than once; the last one counts");
            }
            byName.put(setting.name(), setting);
        }
        return List.copyOf(byName.values());
    }
}
