package io.buildkitci.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.buildkitci.model.InvalidValue;
import java.util.List;

/**
 * Text in the CSV of the peers: RFC 4180 in which a quote counts only around a whole field, and blanks may surround it.
 */
final class CsvText {
    private static final String BROKEN_QUOTES =
            "a quote that opens an item must close it; write \"\" for a quote inside and put nothing after the last";

    /** A character that no input can hold, so that nothing is split at it. */
    private static final char NEVER = '\0';

    private CsvText() {}

    /** Records of fields, empty lines left out. */
    static List<List<String>> records(String text) throws InvalidValue {
        return read(text, ',');
    }

    /** Lines; one in quotes may hold newlines. */
    static List<String> lines(String text) throws InvalidValue {
        return read(text, NEVER).stream().flatMap(List::stream).toList();
    }

    private static List<List<String>> read(String text, char separator) throws InvalidValue {
        try (var records = CsvReader.builder()
                .fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .stream()) {
            return records.map(CsvRecord::getFields).toList();
        } catch (CsvParseException broken) {
            throw new InvalidValue(text, BROKEN_QUOTES);
        }
    }
}
