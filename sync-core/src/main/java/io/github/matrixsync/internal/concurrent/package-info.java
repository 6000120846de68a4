/**
 * Threads, timers, budgets and coalesced requests. Independent of Matrix and of the engine's errors.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EngineThreads}: the executors and the timer: the host's, or the engine's own
 *   <li>{@code Lane}: a bounded number of tasks at a time on an executor, which may refuse them
 *   <li>{@code ThreadContext}: what the engine is doing on the current thread, so that stacks stay flat
 *   <li>{@code SerialTasks}: tasks with the same key run one after another
 *   <li>{@code TimedFuture}, {@code ObservableFuture}: a future with a deadline, and one that also reports its end
 *   <li>{@code TimerWheel}: a million deadlines without an object each
 *   <li>{@code Alarm}, {@code Retries}: a delayed task, asked for again if the host's scheduler refuses it
 *   <li>{@code RequestCoalescer}: identical requests at the same time share a run
 *   <li>{@code Budget}: a bound on what may be taken at a time
 *   <li>{@code Futures}: waits for a future
 *   <li>{@code Attempts}, {@code CloseActions}: several steps, each of which is made even if another one fails
 *   <li>{@code OutageLog}: logs an outage when it begins and when it is over
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.concurrent;

import org.jspecify.annotations.NullMarked;
