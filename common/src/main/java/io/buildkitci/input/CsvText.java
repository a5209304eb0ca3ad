package io.buildkitci.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.buildkitci.model.InvalidValue;
import java.io.IOException;
import java.util.ArrayList;
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

    /** The fields of all records. */
    static List<String> fields(String text) throws InvalidValue {
        return joined(read(text, ','));
    }

    /** Lines; one in quotes may hold newlines. */
    static List<String> lines(String text) throws InvalidValue {
        return joined(read(text, NEVER));
    }

    private static List<String> joined(List<List<String>> records) {
        List<String> fields = new ArrayList<>();
        for (List<String> record : records) {
            fields.addAll(record);
        }
        return fields;
    }

    private static List<List<String>> read(String text, char separator) throws InvalidValue {
        List<List<String>> records = new ArrayList<>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                records.add(record.getFields());
            }
            return records;
        } catch (CsvParseException broken) {
            throw new InvalidValue(text, BROKEN_QUOTES);
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot be read", e);
        }
    }
}
