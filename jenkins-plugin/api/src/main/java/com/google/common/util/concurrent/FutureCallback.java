package com.google.common.util.concurrent;

/** Is told how a computation ended. */
public interface FutureCallback<V> {
    void onSuccess(V result);

    void onFailure(Throwable cause);
}
