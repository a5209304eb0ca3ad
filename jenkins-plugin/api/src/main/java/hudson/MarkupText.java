package hudson;

import java.util.TreeMap;

/** A line of a log; what is added stands in the page as it is, the line itself is escaped. */
public class MarkupText extends AbstractMarkupText {
    private final String text;
    private final TreeMap<Integer, String> markup = new TreeMap<>();

    public MarkupText(String text) {
        this.text = text;
    }

    @Override
    public String getText() {
        return text;
    }

    @Override
    public void addMarkup(int startPos, int endPos, String startTag, String endTag) {
        if (startPos < 0 || endPos > text.length() || startPos > endPos) {
            throw new IndexOutOfBoundsException(startPos + " to " + endPos + " of " + text.length());
        }
        markup.merge(startPos, startTag, String::concat);
        markup.merge(endPos, endTag, (there, end) -> end + there);
    }

    public String toString(boolean preEscape) {
        StringBuilder page = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            page.append(markup.getOrDefault(i, ""));
            if (i < text.length()) {
                char c = text.charAt(i);
                page.append(
                        !preEscape
                                ? String.valueOf(c)
                                : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : c);
            }
        }
        return page.toString();
    }
}
