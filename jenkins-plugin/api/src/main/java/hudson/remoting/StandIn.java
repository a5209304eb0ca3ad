package hudson.remoting;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What an exported object is at the other end: it can be sent there, and each call on it comes back as on a connection. */
final class StandIn implements InvocationHandler, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Map<Long, Object> EXPORTED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();

    private StandIn() {}

    static <T> T of(Class<T> type, T instance) {
        StandIn handler = new StandIn();
        EXPORTED.put(handler.number, instance);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] arrived = arguments == null ? new Object[0] : Crossing.toController(arguments);
        try {
            method.setAccessible(true);
            return method.invoke(EXPORTED.get(number), arrived);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
