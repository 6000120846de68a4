/**
 * The classes to extend for the stores of what belongs to devices.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code ToDeviceInboxTck}: messages to devices
 *   <li>{@code SharedToDeviceInboxTck}: the same, with several instances over one storage
 *   <li>{@code DeviceListStoreTck}: whose keys must be fetched again
 *   <li>{@code SharedDeviceListStoreTck}: changed device lists with several instances that share one storage
 *   <li>{@code DeviceKeyCountsTck}: how many keys a device has left
 *   <li>{@code SharedDeviceKeyCountsTck}: key counts with several instances that share one storage
 *   <li>{@code TransactionIdsTck}: with which transaction id a device sent an event
 *   <li>{@code SharedTransactionIdsTck}: transaction ids with several instances that share one storage
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.device;

import org.jspecify.annotations.NullMarked;
