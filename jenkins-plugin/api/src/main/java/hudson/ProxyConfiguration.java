package hudson;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** The proxy that Jenkins goes through; there is none here. */
public final class ProxyConfiguration {
    public final String name;
    public final int port;

    public ProxyConfiguration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        return HttpClient.newBuilder();
    }

    public static HttpRequest.Builder newHttpRequestBuilder(URI uri) {
        return HttpRequest.newBuilder(uri);
    }
}
