/**
 * The classes to extend for stores of presence, typing, receipts and account data: one for stores that are only read,
 * one for those that are also set through this library, one for several instances.
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
 *   <li>{@code AccountDataStoreTck}: account data that is only read
 *   <li>{@code SettableAccountDataStoreTck}: account data that is also set
 *   <li>{@code CoalescingStreamTck}: the base class of these
 *   <li>{@code SharedPresenceStoreTck}, {@code SharedTypingStoreTck}, {@code SharedReceiptStoreTck} and
 *       {@code SharedAccountDataStoreTck}: the same with several instances over one storage
 *   <li>{@code SharedCoalescingTck}: the base class of those
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.ephemeral;

import org.jspecify.annotations.NullMarked;
