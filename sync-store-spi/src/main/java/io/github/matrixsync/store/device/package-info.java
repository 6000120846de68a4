/**
 * The stores of what belongs to a user's devices. Each has an interface for reading and a sub-interface for setting,
 * and each may be absent.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.device.ToDeviceInbox}, {@link
 *       io.github.matrixsync.store.device.SettableToDeviceInbox} and {@link
 *       io.github.matrixsync.store.device.ToDeviceMessage}: messages to devices
 *   <li>{@link io.github.matrixsync.store.device.DeviceListStore}, {@link
 *       io.github.matrixsync.store.device.SettableDeviceListStore} and {@link
 *       io.github.matrixsync.store.device.DeviceListChange}: whose keys must be fetched again
 *   <li>{@link io.github.matrixsync.store.device.DeviceKeyCounts}, {@link
 *       io.github.matrixsync.store.device.SettableDeviceKeyCounts} and {@link
 *       io.github.matrixsync.store.device.KeyCounts}: how many keys a device has left
 *   <li>{@link io.github.matrixsync.store.device.TransactionIds}, {@link
 *       io.github.matrixsync.store.device.SettableTransactionIds}: with which transaction id a device sent an event
 * </ul>
 *
 * <h2>The rules</h2>
 *
 * <p>They continue those of {@link io.github.matrixsync.store}. A device list is a coalescing stream, whose key is the
 * user (rules C1 to C3); every call that sets an entry is a change.
 *
 * <ul>
 *   <li><b>TD1</b> {@code messages} returns those of one device in the order of arrival, {@code after} exclusive,
 *       {@code upTo} inclusive; a limit cuts off the highest.
 *   <li><b>TD2</b> What {@code messages} has returned comes again, unchanged, until it is acknowledged, also after a
 *       restart of a store that keeps its content.
 *   <li><b>TD3</b> {@code acknowledge} removes the device's messages at or below its position, but none above the
 *       highest that {@code messages} has returned for this device, on any instance. To repeat it changes nothing, and
 *       no position is refused: clients choose it. At or below the position that it returns, which is at most that and
 *       the watermark, the device has no messages any more.
 *   <li><b>TD4</b> A device that was removed, or is not known, has no messages.
 *   <li><b>TD5</b> After a message was sent, every listener is called at least once with its device, when the message
 *       can be read; as rules L1 and L2 say for an advance.
 *   <li><b>TD6</b> Positions and watermark are those of a stream (rules P1, W1 to W3): nothing ever appears at or below
 *       the watermark, so that one read below it finds all.
 *   <li><b>KC1</b> The counts have every algorithm that the device ever uploaded a one-time key of, also at 0, and
 *       {@code signed_curve25519} always.
 *   <li><b>KC2</b> {@code counts} is answered from memory or by one indexed read: it is asked in every answer.
 *   <li><b>KC3</b> {@code counts} sees every change that has returned, on any instance.
 *   <li><b>KC4</b> A device that is not known, or was removed, has no keys; that is no error.
 *   <li><b>TX1</b> A transaction id is given only to the device that sent the event: another device of the same user,
 *       or a device of the same name of another user, gets none.
 *   <li><b>TX2</b> The transaction id can be read when the event can: it is stored before it or with it.
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.device;

import org.jspecify.annotations.NullMarked;
