package hudson;

/** A line of a log to which markup is added. */
public abstract class AbstractMarkupText {
    public abstract String getText();

    public final int length() {
        return getText().length();
    }

    public abstract void addMarkup(int startPos, int endPos, String startTag, String endTag);
}
