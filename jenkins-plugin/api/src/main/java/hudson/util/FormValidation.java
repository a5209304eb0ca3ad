package hudson.util;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;

/** What is said of a field while a person fills in a form. */
public abstract class FormValidation extends IOException implements HttpResponse {
    /** How it is meant. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation ok() {
        return of(Kind.OK, "");
    }

    public static FormValidation ok(String message) {
        return of(Kind.OK, message);
    }

    public static FormValidation warning(String message) {
        return of(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return of(Kind.ERROR, message);
    }

    private static FormValidation of(Kind kind, String message) {
        return new FormValidation(kind, message) {
            @Override
            public String renderHtml() {
                return getMessage();
            }
        };
    }

    public abstract String renderHtml();
}
