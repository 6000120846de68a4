package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import java.util.Objects;

/**
 * A message to one device.
 *
 * @param position its place in the order of arrival, at least 1 once it is stored
 * @param user the user whose device it is for
 * @param device the device
 * @param sender who sent it
 * @param type the type of the message, chosen by clients
 * @param content the value of {@code content}, one JSON object, byte for byte as it arrived; the host has checked that
 *     it is one
 * @since 0.1.0
 */
// More than five parameters: one for each field of a message; stores fill them from columns.
public record ToDeviceMessage(
    long position, UserId user, DeviceId device, UserId sender, String type, RawJson content) {
  /** Checks that nothing is null. */
  public ToDeviceMessage {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }

  /** Returns the same message at another position. */
  public ToDeviceMessage withPosition(long other) {
    return new ToDeviceMessage(other, user, device, sender, type, content);
  }
}
