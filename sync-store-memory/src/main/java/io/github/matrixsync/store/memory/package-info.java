/**
 * Implements every store of the {@linkplain io.github.matrixsync.store store contract} on the heap of one process; the
 * content is lost with the process. No type here does I/O, owns a thread or reads a clock.
 *
 * <p>In reading order: {@link io.github.matrixsync.store.memory.MemoryEventStore}, whose Javadoc shows its indexes; the
 * stores that keep the latest change per key, {@link io.github.matrixsync.store.memory.MemoryPresenceStore},
 * {@link io.github.matrixsync.store.memory.MemoryTypingStore},
 * {@link io.github.matrixsync.store.memory.MemoryReceiptStore},
 * {@link io.github.matrixsync.store.memory.MemoryAccountDataStore} and
 * {@link io.github.matrixsync.store.memory.MemoryDeviceListStore}, and {@code CoalescingRole}, their base class; then
 * {@link io.github.matrixsync.store.memory.MemoryRoomDirectory} and
 * {@link io.github.matrixsync.store.memory.MemoryUserSettings}; and those that only {@code /sync} needs,
 * {@link io.github.matrixsync.store.memory.MemoryToDeviceInbox},
 * {@link io.github.matrixsync.store.memory.MemoryDeviceKeyCounts},
 * {@link io.github.matrixsync.store.memory.MemoryTransactionIds},
 * {@link io.github.matrixsync.store.memory.MemoryNotificationCounts} and
 * {@link io.github.matrixsync.store.memory.MemoryFilterStore}. What they are made of is in the package {@code change},
 * the indexes of events are in the package {@code index}.
 *
 * <p>An exception of a listener goes to the uncaught exception handler of the thread that called it, and nowhere else
 * (rule L2).
 */
@NullMarked
package io.github.matrixsync.store.memory;

import org.jspecify.annotations.NullMarked;
