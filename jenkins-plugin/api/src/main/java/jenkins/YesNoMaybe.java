package jenkins;

/** An answer. */
public enum YesNoMaybe {
    YES,
    NO,
    MAYBE
}
