package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** A describable as its symbol or class and its arguments, before it is made. */
public class UninstantiatedDescribable implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String symbol;
    private final String klass;
    private final TreeMap<String, Object> arguments;

    public UninstantiatedDescribable(String symbol, String klass, Map<String, ?> arguments) {
        this.symbol = symbol;
        this.klass = klass;
        this.arguments = new TreeMap<>(arguments);
    }

    public UninstantiatedDescribable withArguments(Map<String, ?> other) {
        return new UninstantiatedDescribable(symbol, klass, other);
    }

    public String getSymbol() {
        return symbol;
    }

    public String getKlass() {
        return klass;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }
}
