/**
 * What belongs to devices: their encryption keys, and messages to them. The server stores and passes on; it can read
 * none of it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code DeviceStores}: the stores that the sync core reads
 *   <li>{@code DeviceKeys}: the keys of one device
 *   <li>{@code UserKeys}: the keys of one user and their devices
 *   <li>{@code Keys}: the keys of all users
 *   <li>{@code KeyEndpoints}: uploading, asking for and claiming keys
 *   <li>{@code ToDeviceEndpoints}: messages to devices
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.device;

import org.jspecify.annotations.NullMarked;
