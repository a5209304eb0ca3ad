package io.buildkitci.input;

import java.util.List;

/** What a person gave for one input, before anything is read into it. Its {@code toString} shows no value. */
public sealed interface RawValue {
    /** A text; booleans and numbers of a configuration file come as text too. */
    record Text(String text) implements RawValue {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** Items that are already apart: they are not split again. */
    record Items(List<String> items) implements RawValue {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Items[" + items.size() + "]";
        }
    }

    static RawValue of(String text) {
        return new Text(text);
    }

    static RawValue of(List<String> items) {
        return new Items(items);
    }
}
