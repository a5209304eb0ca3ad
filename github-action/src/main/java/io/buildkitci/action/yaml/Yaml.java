package io.buildkitci.action.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.ConstructYamlNull;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** YAML as maps, lists and texts: {@code 1.10} stays what was written and is not the number 1.1. */
final class Yaml {
    private static final int MOST_ALIASES = 50;

    private Yaml() {}

    /** Every scalar is a text, but for null and nothing at all. */
    private static final class Texts implements Schema {
        private static final Set<String> NOTHING = Set.of("", "~", "null");

        @Override
        public ScalarResolver getScalarResolver() {
            return (text, plain) -> plain && NOTHING.contains(text) ? Tag.NULL : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            Map<Tag, ConstructNode> constructors = new HashMap<>(new FailsafeSchema().getSchemaTagConstructors());
            constructors.put(Tag.NULL, new ConstructYamlNull());
            return constructors;
        }
    }

    /**
     * @param name of the text, for messages
     * @return null for an empty text
     * @throws YamlEngineException if it is not YAML; its message names the place
     */
    static @Nullable Object load(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new Texts())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (StackOverflowError e) { // the library sets no limit of its own
            throw new YamlEngineException("it is nested too deeply");
        }
    }
}
