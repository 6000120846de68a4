/**
 * What the stores beside the event store are made of. Internal.
 *
 * <p>In reading order: {@code Listeners} (who is called), {@code LatestChanges} (the latest change per key and by
 * position), {@code TypingDeadlines} (who is typing until when), {@code PendingMessages} (the messages to one device).
 */
@NullMarked
package io.github.matrixsync.store.memory.change;

import org.jspecify.annotations.NullMarked;
