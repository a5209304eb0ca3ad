package io.buildkitci.action.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Maps, lists, texts and booleans as YAML documents. */
public final class YamlText {
    private YamlText() {}

    /** One document for each, with {@code ---} before it. */
    public static String documents(List<?> values) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .build();
        return new Dump(settings).dumpAllToString(values.iterator());
    }
}
