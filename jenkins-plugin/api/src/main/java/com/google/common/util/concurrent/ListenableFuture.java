package com.google.common.util.concurrent;

import java.util.concurrent.Future;

/** A computation that will end. */
public interface ListenableFuture<V> extends Future<V> {}
