package io.github.matrixsync.operation;

import java.util.Locale;

/**
 * The streams beside that of the room events, in the order of a token's parts.
 *
 * @since 0.1.0
 */
public enum EphemeralStream {
  /** Who is there. */
  PRESENCE(1),
  /** Who is typing where. */
  TYPING(2),
  /** Who has read what. */
  RECEIPTS(3),
  /** What users' clients keep with the server. */
  ACCOUNT_DATA(4),
  /** What devices send to one another. Only {@code /sync} has it. */
  TO_DEVICE(5),
  /** Whose devices changed. Only {@code /sync} has it. */
  DEVICE_LISTS(6);

  private final int part;

  EphemeralStream(int part) {
    this.part = part;
  }

  /** Returns the number of its part in a token, 0 being the room part. */
  public int part() {
    return part;
  }

  /** Returns its name as logs and statistics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
