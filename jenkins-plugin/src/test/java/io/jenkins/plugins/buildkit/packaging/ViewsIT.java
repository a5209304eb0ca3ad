package io.jenkins.plugins.buildkit.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Every view and help file of the built plugin is well-formed, escapes, and runs under a strict content policy. */
class ViewsIT {
    @TempDir
    private Path folder;

    private Map<String, String> views;
    private Map<String, String> help;

    @BeforeEach
    void open() throws IOException {
        Hpi hpi = Hpi.built(folder);
        views = hpi.own(".jelly");
        help = hpi.own(".html");
    }

    @Test
    void everyViewEscapesWhatItShows() {
        assertThat(views)
                .isNotEmpty()
                .allSatisfy((name, text) -> assertThat(text)
                        .as(name)
                        .matches("(?s)(<\\?xml [^>]*>\\s*)?<\\?jelly escape-by-default='true'\\?>.*"));
    }

    @Test
    void everyViewParses() {
        assertThat(views.keySet()).allSatisfy(name -> assertThat(parsed(name)).isNotNull());
    }

    /** Jenkins does not find a view that has one, and says so only in its log. */
    @Test
    void noExpressionHasAPropertyThatIsAWordOfTheLanguage() {
        assertThat(views)
                .allSatisfy((name, text) -> assertThat(text)
                        .as(name)
                        .doesNotContainPattern(
                                "\\$\\{[^}]*\\.(size|empty|and|or|not|eq|ne|lt|gt|le|ge|div|mod)\\b(?!\\()"));
    }

    @Test
    void noViewHasAScriptAStyleOrAHandlerInIt() {
        Map<String, List<String>> found = new TreeMap<>();
        for (String name : views.keySet()) {
            List<String> inline = inline(parsed(name).getDocumentElement());
            if (!inline.isEmpty()) {
                found.put(name, inline);
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void everyHelpFileIsAPieceOfHtmlWithoutScriptsAndStyles() {
        assertThat(help).isNotEmpty().allSatisfy((name, text) -> {
            Document document = parse(text.replace("&nbsp;", "&#160;"), name);
            assertThat(document.getDocumentElement().getTagName()).as(name).isEqualTo("div");
            assertThat(inline(document.getDocumentElement())).as(name).isEmpty();
        });
    }

    @Test
    void everyHelpFileIsReadInUtf8() {
        assertThat(help).allSatisfy((name, text) -> assertThat(text).as(name).doesNotContain("\uFFFD"));
    }

    private Document parsed(String name) {
        return parse(Objects.requireNonNull(views.get(name)), name);
    }

    static Document parse(String text, String name) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(name + " does not parse", e);
        }
    }

    private static List<String> inline(Element element) {
        List<String> found = new ArrayList<>();
        String tag = element.getLocalName().toLowerCase(Locale.ROOT);
        if (tag.equals("style") || (tag.equals("script") && !element.hasAttribute("src"))) {
            found.add("<" + tag + ">");
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.item(i).getNodeName().toLowerCase(Locale.ROOT);
            String value = attributes.item(i).getNodeValue().strip().toLowerCase(Locale.ROOT);
            if (attribute.equals("style") || attribute.matches("on[a-z]+") || value.startsWith("javascript:")) {
                found.add(attribute);
            }
        }
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeType() == Node.ELEMENT_NODE) {
                found.addAll(inline((Element) children.item(i)));
            }
        }
        return found;
    }
}
