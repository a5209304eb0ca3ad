package io.buildkitci.cacheservice.http;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The body of Azure's Put Block List: {@code <BlockList><Latest>name</Latest>…</BlockList>}. */
final class BlockList {
    private static final Set<String> NAMED = Set.of("Latest", "Uncommitted", "Committed");
    private static final int MOST = 50_000;

    private BlockList() {}

    /** Names in order; empty when it is no such list. */
    static Optional<List<String>> parse(String xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<String> names = new ArrayList<>();
        boolean list = false;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    list |= reader.getLocalName().equals("BlockList");
                    if (NAMED.contains(reader.getLocalName())) {
                        names.add(reader.getElementText().strip());
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            return Optional.empty();
        }
        return list && names.size() <= MOST ? Optional.of(List.copyOf(names)) : Optional.empty();
    }
}
