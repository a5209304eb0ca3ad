package hudson;

import java.net.InetSocketAddress;
import java.net.Proxy;

/** The proxy that Jenkins goes through. */
public final class ProxyConfiguration {
    public final String name;
    public final int port;

    public ProxyConfiguration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public Proxy createProxy(String host) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(name, port));
    }
}
