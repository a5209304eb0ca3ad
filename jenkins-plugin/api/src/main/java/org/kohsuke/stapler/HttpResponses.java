package org.kohsuke.stapler;

/** Answers that are made often. */
public class HttpResponses {
    /** An answer that can be thrown. */
    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        protected HttpResponseException(String message) {
            super(message);
        }
    }

    public static HttpRedirect redirectTo(String url) {
        return new HttpRedirect(url);
    }
}
