package io.buildkitci.input;

import java.util.List;

/** What reading the inputs came to: a valid value, or every problem at once. */
public sealed interface Checked<T> {
    List<Notice> notices();

    /** Everything is valid. */
    record Valid<T>(T value, List<Notice> notices) implements Checked<T> {
        public Valid {
            notices = List.copyOf(notices);
        }
    }

    /** At least one problem. */
    record Invalid<T>(List<Problem> problems, List<Notice> notices) implements Checked<T> {
        public Invalid {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }
}
