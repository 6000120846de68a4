package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.concurrent.EngineThreads;

/**
 * What every follower works with. Thread-safe.
 *
 * @param threads run the follower, and tell its time
 * @param waker is told whom the changes of the stream concern
 */
record FollowerContext(EngineThreads threads, WakeUpRelay.Listener waker) {}
