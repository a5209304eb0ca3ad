package io.jenkins.plugins.buildkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Views name what they show by words that nothing checks: a wrong one shows nothing. */
class ViewsTest {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern PROPERTY = Pattern.compile("(?<![\\w.'])(\\w+)\\.(\\w+)");

    /** What the names in expressions stand for; what Jenkins brings is not among them. */
    private static final Map<String, Class<?>> NAMES = Map.of(
            "it", BuildkitAction.class,
            "sibling", BuildkitAction.class,
            "summary", Summary.class,
            "platform", BuiltPlatform.class,
            "share", TimeShare.class);

    private static final List<String> VIEWS = List.of("index.jelly", "summary.jelly", "headline.jelly", "facts.jelly");

    static Stream<String> properties() throws IOException {
        List<String> found = new ArrayList<>();
        for (String view : VIEWS) {
            for (MatchResult expression : all(EXPRESSION, view(view))) {
                for (MatchResult property : all(PROPERTY, expression.group(1))) {
                    if (NAMES.containsKey(property.group(1))) {
                        found.add(property.group());
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(30);
        return found.stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void everyPropertyIsThere(String property) {
        int dot = property.indexOf('.');
        String name = property.substring(dot + 1);
        String bean = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);

        assertThat(Arrays.stream(Objects.requireNonNull(NAMES.get(property.substring(0, dot)))
                                .getMethods())
                        .filter(method -> method.getParameterCount() == 0)
                        .map(Method::getName))
                .containsAnyOf("get" + bean, "is" + bean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.jelly", "summary.jelly"})
    void everyStylesheetThatIsIncludedIsThere(String view) throws Exception {
        NodeList adjuncts = document(view(view)).getElementsByTagName("st:adjunct");

        assertThat(adjuncts.getLength()).isPositive();
        for (int i = 0; i < adjuncts.getLength(); i++) {
            String name = ((Element) adjuncts.item(i)).getAttribute("includes");
            assertThat(getClass().getResource("/" + name.replace('.', '/') + ".css"))
                    .as(name)
                    .isNotNull();
        }
    }

    @Test
    void onlyTheArticleOfTheEngineIsShownWithoutBeingEscaped() throws Exception {
        NodeList raw = document(view("index.jelly")).getElementsByTagName("j:out");

        assertThat(raw.getLength()).isEqualTo(1);
        assertThat(((Element) raw.item(0)).getAttribute("value")).isEqualTo("${article}");
        for (String view : VIEWS) {
            assertThat(view(view)).startsWith("<?jelly escape-by-default='true'?>");
            assertThat(document(view(view)).getElementsByTagName("j:out").getLength())
                    .as(view)
                    .isEqualTo(view.equals("index.jelly") ? 1 : 0);
        }
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    private static String view(String name) throws IOException {
        try (InputStream view = BuildkitAction.class.getResourceAsStream("BuildkitAction/" + name)) {
            assertThat(view).as(name).isNotNull();
            return new String(view.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Document document(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
