package hudson.console;

import hudson.ExtensionPoint;
import hudson.MarkupText;
import hudson.model.Describable;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Something in a log that is shown as markup on a page and not at all in the text. Here it is signed with nothing. */
public abstract class ConsoleNote<T> implements Serializable, Describable<ConsoleNote<?>>, ExtensionPoint {
    private static final long serialVersionUID = 1L;
    private static final int SIGNATURE = 32;

    public static final String PREAMBLE_STR = "\u001b[8mha:";
    public static final String POSTAMBLE_STR = "\u001b[0m";

    /** @return what is to annotate the next line, or {@code null} */
    public abstract ConsoleAnnotator<?> annotate(T context, MarkupText text, int charPos);

    public void encodeTo(OutputStream out) throws IOException {
        out.write(encode().getBytes(StandardCharsets.US_ASCII));
    }

    public String encode() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(new GZIPOutputStream(zipped))) {
            out.writeObject(this);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(-SIGNATURE);
        out.write(new byte[SIGNATURE]);
        out.writeInt(zipped.size());
        zipped.writeTo(out);
        return PREAMBLE_STR + Base64.getEncoder().encodeToString(bytes.toByteArray()) + POSTAMBLE_STR;
    }

    /** @return {@code null} for what is none */
    public static ConsoleNote<?> readFrom(DataInputStream in) throws IOException, ClassNotFoundException {
        String encoded = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        int end = encoded.indexOf(POSTAMBLE_STR);
        if (!encoded.startsWith(PREAMBLE_STR) || end < 0) {
            return null;
        }
        byte[] bytes = Base64.getDecoder().decode(encoded.substring(PREAMBLE_STR.length(), end));
        DataInputStream signed = new DataInputStream(new java.io.ByteArrayInputStream(bytes));
        signed.skipNBytes(2 * Integer.BYTES + SIGNATURE);
        try (ObjectInputStream object = new ObjectInputStream(new GZIPInputStream(signed))) {
            return (ConsoleNote<?>) object.readObject();
        }
    }

    /** The line as text. */
    public static String removeNotes(String line) {
        String text = line;
        for (int start = text.indexOf(PREAMBLE_STR); start >= 0; start = text.indexOf(PREAMBLE_STR)) {
            int end = text.indexOf(POSTAMBLE_STR, start);
            if (end < 0) {
                return text;
            }
            text = text.substring(0, start) + text.substring(end + POSTAMBLE_STR.length());
        }
        return text;
    }
}
