package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitci.input.InputSpec.Kind;
import io.buildkitci.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRulesTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(Kind.CSV, "a,b", List.of("a", "b")),
                Arguments.of(Kind.CSV, " a , b\n\n c,\n,,", List.of("a", "b", "c")),
                Arguments.of(Kind.CSV, "a\r\nb\rc", List.of("a", "b", "c")),
                Arguments.of(Kind.CSV, "\"a,b\",c", List.of("a,b", "c")),
                Arguments.of(Kind.CSV, "\"a,b\"", List.of("a,b")),
                Arguments.of(Kind.CSV, "x, \"a,b\" , y", List.of("x", "a,b", "y")),
                Arguments.of(Kind.CSV, "\"a\nb\",c", List.of("a\nb", "c")),
                Arguments.of(Kind.CSV, "a\"b\"c,d", List.of("a\"b\"c", "d")),
                Arguments.of(Kind.CSV, "#a,b", List.of("#a", "b")),
                Arguments.of(Kind.CSV, "", List.of()),
                Arguments.of(Kind.CSV, " \n \t\n", List.of()),
                Arguments.of(Kind.LIST, "a,b\nc", List.of("a,b", "c")),
                Arguments.of(Kind.LIST, "  type=local,dest=out  ", List.of("type=local,dest=out")),
                Arguments.of(Kind.LIST, "K=1\n\n  L=2\n", List.of("K=1", "L=2")),
                Arguments.of(Kind.LIST, "\"K=1\n2\"\nL=3", List.of("K=1\n2", "L=3")),
                Arguments.of(Kind.LIST, "  \"K=1\n2\"  \nL=3", List.of("K=1\n2", "L=3")),
                Arguments.of(Kind.LIST, "\"K=say \"\"x\"\"\"", List.of("K=say \"x\"")),
                Arguments.of(Kind.LIST, "K={\"a\":1,\"b\":[\"c\"]}", List.of("K={\"a\":1,\"b\":[\"c\"]}")),
                Arguments.of(Kind.LIST, "type=local,\"dest=a,b\"", List.of("type=local,\"dest=a,b\"")),
                Arguments.of(Kind.LINES, " \"a=b,c\"\n\nd,\"e=f\" ", List.of("\"a=b,c\"", "d,\"e=f\"")),
                Arguments.of(Kind.LIST_UNTRIMMED, "K= v \nL=\tw", List.of("K= v ", "L=\tw")),
                Arguments.of(Kind.LIST_UNTRIMMED, "\"K=line1\nline2\n\"\n \nL=x", List.of("K=line1\nline2\n", "L=x")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void splitsATextAsItsKindSays(Kind kind, String text, List<String> items) throws InvalidValue {
        assertThat(ListRules.items(kind, RawValue.of(text))).isEqualTo(items);
    }

    @Test
    void splitsNoItemThatIsAlreadyApart() throws InvalidValue {
        RawValue items = RawValue.of(List.of(" a,b ", "", "\"q\"", "c\nd"));

        assertThat(ListRules.items(Kind.CSV, items)).containsExactly("a,b", "\"q\"", "c\nd");
        assertThat(ListRules.items(Kind.LIST, items)).containsExactly("a,b", "\"q\"", "c\nd");
        assertThat(ListRules.items(Kind.LIST_UNTRIMMED, items)).containsExactly(" a,b ", "\"q\"", "c\nd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"K=1", "a\n\"b\nc", "\"a\" b", "\"a\"b\nc"})
    void refusesQuotesThatDoNotEncloseAnItem(String text) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> ListRules.items(Kind.LIST, RawValue.of(text)))
                .satisfies(e -> assertThat(e.reason()).doesNotContain("K=1"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CSV", "LIST", "LIST_UNTRIMMED"})
    void readsBackWhatIsWrittenInQuotes(Kind kind) throws InvalidValue {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                items.add("k=" + random(random, ",\"\n ab=\r'#\\"));
            }
            String text = String.join(
                    kind == Kind.CSV && random.nextBoolean() ? "," : "\n",
                    items.stream().map(i -> '"' + i.replace("\"", "\"\"") + '"').toList());
            List<String> expected = kind == Kind.LIST_UNTRIMMED
                    ? items
                    : items.stream().map(String::strip).toList();

            assertThat(ListRules.items(kind, RawValue.of(text))).as(text).isEqualTo(expected);
        }
    }

    private static String random(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
