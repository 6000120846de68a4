/**
 * The classes to extend for stores of presence, typing, receipts and account data, each to be only read or also to be
 * set.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PresenceStoreTck}: presence that is only read
 *   <li>{@code SettablePresenceStoreTck}: presence that is also set
 *   <li>{@code TypingStoreTck}: typing that is only read
 *   <li>{@code SettableTypingStoreTck}: typing that is also set
 *   <li>{@code ReceiptStoreTck}: receipts that are only read
 *   <li>{@code SettableReceiptStoreTck}: receipts that are also set
 *   <li>{@code AccountDataStoreTck}: account data that are only read
 *   <li>{@code SettableAccountDataStoreTck}: account data that are also set
 *   <li>{@code CoalescingStreamTck}: what these classes have in common
 *   <li>{@code SharedPresenceStoreTck}, {@code SharedTypingStoreTck}, {@code SharedReceiptStoreTck} and {@code
 *       SharedAccountDataStoreTck}: the same, where several instances set one storage
 *   <li>{@code SharedCoalescingTck}: what those have in common
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.ephemeral;

import org.jspecify.annotations.NullMarked;
