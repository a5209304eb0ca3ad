package hudson.remoting;

/** The answer to come of work at the other end. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
