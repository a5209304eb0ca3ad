package net.sf.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object, as far as forms are read with it; no text is parsed here. */
public final class JSONObject {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public static JSONObject fromObject(Object object) {
        JSONObject json = new JSONObject();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> json.fields.put(String.valueOf(name), value));
        }
        return json;
    }

    public Object opt(String key) {
        return fields.get(key);
    }

    public String optString(String key) {
        return String.valueOf(fields.getOrDefault(key, ""));
    }

    public boolean optBoolean(String key) {
        return Boolean.parseBoolean(optString(key));
    }

    public JSONObject getJSONObject(String key) {
        return fields.get(key) instanceof JSONObject json ? json : fromObject(fields.get(key));
    }
}
