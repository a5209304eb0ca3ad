package org.kohsuke.stapler;

/** Sends the browser elsewhere. */
public final class HttpRedirect extends RuntimeException implements HttpResponse {
    private static final long serialVersionUID = 1L;

    /** @param url relative to what was asked for */
    public HttpRedirect(String url) {
        super(url);
    }
}
