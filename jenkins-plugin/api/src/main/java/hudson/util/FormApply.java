package hudson.util;

import org.kohsuke.stapler.HttpResponses;

/** The answer to a form that was submitted with Save or Apply. */
public class FormApply {
    public static HttpResponses.HttpResponseException success(String destination) {
        return new HttpResponses.HttpResponseException(destination) {};
    }
}
