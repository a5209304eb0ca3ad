package io.buildkitci.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An article of HTML as a browser gets it, read by a parser that refuses what is not well-formed. */
final class WebPage {
    private final Document document;

    private WebPage(Document document) {
        this.document = document;
    }

    static WebPage of(String article) {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            parser.setErrorHandler(null);
            return new WebPage(parser.parse(new InputSource(new StringReader(article))));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(e.getMessage() + " in " + article, e);
        }
    }

    List<Element> all(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    List<Element> withClass(String name) {
        return all("*").stream()
                .filter(e -> List.of(e.getAttribute("class").split(" ")).contains(name))
                .toList();
    }

    List<String> texts(String name) {
        return all(name).stream().map(e -> e.getTextContent().strip()).toList();
    }

    /** Cells of the rows under a heading, each as text; the column of bars is none. */
    List<List<String>> rows(String heading) {
        Element section = all("section").stream()
                .filter(s ->
                        s.getElementsByTagName("h2").item(0).getTextContent().equals(heading))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + heading + " among " + texts("h2")));
        List<List<String>> rows = new ArrayList<>();
        NodeList bodies = section.getElementsByTagName("tbody");
        for (int i = 0; i < bodies.getLength(); i++) {
            for (Node row = bodies.item(i).getFirstChild(); row != null; row = row.getNextSibling()) {
                if (row instanceof Element element) {
                    rows.add(cells(element));
                }
            }
        }
        return rows;
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNextSibling()) {
            if (!((Element) cell).hasAttribute("aria-hidden")) {
                cells.add(cell.getTextContent());
            }
        }
        return cells;
    }

    /** Every element with its attributes, in their order; of those that bring text in, only their name. */
    List<String> skeleton() {
        List<String> skeleton = new ArrayList<>();
        for (Element element : all("*")) {
            StringBuilder tag = new StringBuilder(element.getTagName());
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                tag.append(' ').append(attribute.getNodeName());
                if (!attribute.getNodeName().equals("x")) {
                    tag.append('=').append(attribute.getNodeValue());
                }
            }
            skeleton.add(tag.toString());
        }
        return skeleton;
    }
}
