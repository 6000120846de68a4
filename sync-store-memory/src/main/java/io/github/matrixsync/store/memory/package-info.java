/**
 * Implements every store of the {@linkplain io.github.matrixsync.store store contract} on the heap of one process; the
 * content is lost with the process. No type here does I/O, owns a thread or reads a clock.
 *
 * <p>In reading order: {@link io.github.matrixsync.store.memory.MemoryEventStore}, whose Javadoc shows its indexes; the
 * stores that keep the latest change per key, {@link io.github.matrixsync.store.memory.MemoryPresenceStore},
 * {@link io.github.matrixsync.store.memory.MemoryTypingStore},
 * {@link io.github.matrixsync.store.memory.MemoryReceiptStore} and
 * {@link io.github.matrixsync.store.memory.MemoryAccountDataStore}; then
 * {@link io.github.matrixsync.store.memory.MemoryRoomDirectory} and
 * {@link io.github.matrixsync.store.memory.MemoryUserSettings}. What they are made of: {@code CoalescingRole}, the base
 * class of these four; {@code LatestChanges}, the latest change per key and by position; {@code TypingDeadlines}, who
 * is typing until when; and {@code Listeners}. The indexes of events are in the package {@code index}.
 *
 * <p>An exception of a listener goes to the uncaught exception handler of the thread that called it, and nowhere else
 * (rule L2).
 */
@NullMarked
package io.github.matrixsync.store.memory;

import org.jspecify.annotations.NullMarked;
