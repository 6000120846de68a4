/**
 * The stores of presence, typing, receipts and account data, which keep the latest change of each key. Each has an
 * interface for reading and a sub-interface for setting.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.ephemeral.CoalescingStream}: what all of them have in common
 *   <li>{@link io.github.matrixsync.store.ephemeral.PresenceStore}, {@link
 *       io.github.matrixsync.store.ephemeral.SettablePresenceStore}, {@link
 *       io.github.matrixsync.store.ephemeral.PresenceChange} and {@link
 *       io.github.matrixsync.store.ephemeral.PresenceState}
 *   <li>{@link io.github.matrixsync.store.ephemeral.TypingStore}, {@link
 *       io.github.matrixsync.store.ephemeral.SettableTypingStore} and {@link
 *       io.github.matrixsync.store.ephemeral.TypingChange}
 *   <li>{@link io.github.matrixsync.store.ephemeral.ReceiptStore}, {@link
 *       io.github.matrixsync.store.ephemeral.SettableReceiptStore} and {@link
 *       io.github.matrixsync.store.ephemeral.ReceiptChange}
 *   <li>{@link io.github.matrixsync.store.ephemeral.AccountDataStore}, {@link
 *       io.github.matrixsync.store.ephemeral.SettableAccountDataStore} and {@link
 *       io.github.matrixsync.store.ephemeral.AccountDataChange}
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.ephemeral;

import org.jspecify.annotations.NullMarked;
