package io.buildkitci.console;

import java.util.ArrayList;
import java.util.List;

/** A terminal that obeys the few control sequences of the live view and fails on any other. */
final class Screen {
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean cursor = true;
    private boolean wrap = true;
    private int widest;

    void show(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> newLine();
                case '\r' -> column = 0;
                case '\u001b' -> i = sequence(text, i);
                default -> put(c);
            }
        }
    }

    private void newLine() {
        row++;
        column = 0;
        while (rows.size() <= row) {
            rows.add(new StringBuilder());
        }
    }

    private void put(char c) {
        if (c < ' ') {
            throw new AssertionError("control character " + (int) c);
        }
        StringBuilder line = rows.get(row);
        line.setLength(Math.max(line.length(), column));
        line.replace(column, Math.min(line.length(), column + 1), String.valueOf(c));
        column++;
        widest = wrap ? widest : Math.max(widest, column);
    }

    private int sequence(String text, int from) {
        int end = from + 2;
        while (text.charAt(end) < '@') {
            end++;
        }
        String body = text.substring(from + 1, end + 1);
        switch (body) {
            case "[?25l" -> cursor = false;
            case "[?25h" -> cursor = true;
            case "[?7l" -> wrap = false;
            case "[?7h" -> wrap = true;
            case "[J" -> eraseBelow();
            default -> {
                if (body.matches("\\[\\d+A")) {
                    row -= Integer.parseInt(body.substring(1, body.length() - 1));
                    if (row < 0) {
                        throw new AssertionError("moved above the first row");
                    }
                } else if (!body.matches("\\[[\\d;]*m")) {
                    throw new AssertionError("unexpected control sequence " + body);
                }
            }
        }
        return end;
    }

    private void eraseBelow() {
        rows.get(row).setLength(column);
        rows.subList(row + 1, rows.size()).clear();
    }

    List<String> lines() {
        List<String> lines = rows.stream().map(StringBuilder::toString).toList();
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    boolean cursorShown() {
        return cursor;
    }

    boolean wraps() {
        return wrap;
    }

    /** The widest row that was drawn while wrapping was off. */
    int widest() {
        return widest;
    }
}
