package io.github.matrixsync.event;

/**
 * A device id: any text that a client or a server chose. It names a device only together with its user.
 *
 * @param value the whole identifier, 1 to 512 code points, without NUL
 * @since 0.1.0
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
  /**
   * Checks the form.
   *
   * @throws InvalidIdException if {@code value} is not a device id
   */
  public DeviceId {
    Identifiers.checkText("a device id", value);
  }

  /**
   * Returns the identifier that {@code text} spells.
   *
   * @throws InvalidIdException if {@code text} is not a device id
   */
  public static DeviceId parse(String text) {
    return new DeviceId(text);
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
