package io.github.matrixsync.event;

import java.util.Objects;

/**
 * The version of a room, which selects the specification's rules for reading and showing its events. A version other
 * than {@code 1} to {@code 12} has the rules of {@code 12}. Immutable.
 *
 * <p>Source: the specification's "Room Versions"; a room whose {@code m.room.create} names no {@code room_version} has
 * version 1.
 *
 * @since 0.1.0
 */
public final class RoomVersion {
  /** The newest version whose rules are known here. */
  public static final int NEWEST_RULES = 12;

  /** The version of rooms whose {@code m.room.create} names none. */
  public static final RoomVersion V1 = of("1");

  private static final int MAX_CODE_POINTS = 32;
  private static final int LAST_WITH_LOOSE_NUMBERS = 5;
  private static final int FIRST_WITH_TARGET_IN_CONTENT = 11;
  private static final int FIRST_NAMED_BY_CREATE = 12;

  private final String value;
  private final int rules;

  private RoomVersion(String value) {
    this.value = value;
    this.rules = rulesOf(value);
  }

  /**
   * Returns the version with this name, as {@code content.room_version} of {@code m.room.create} has it.
   *
   * @throws IllegalArgumentException if {@code name} has not 1 to 32 code points
   */
  public static RoomVersion of(String name) {
    Objects.requireNonNull(name, "name");
    int length = name.codePointCount(0, name.length());
    if (length == 0 || length > MAX_CODE_POINTS) {
      throw new IllegalArgumentException(
          "a room version must have 1 to " + MAX_CODE_POINTS + " code points, got " + length);
    }
    return new RoomVersion(name);
  }

  /** Returns the version's name. */
  public String value() {
    return value;
  }

  /** Returns the number of the version whose rules apply: its own from 1 to 12, or 12 if it has another name. */
  public int rules() {
    return rules;
  }

  /** Returns whether {@code m.room.redaction} names its target in its content, not at the top level. */
  public boolean redactsInContent() {
    return rules >= FIRST_WITH_TARGET_IN_CONTENT;
  }

  /** Returns whether {@code depth} and {@code origin_server_ts} may be text and numbers with a fraction. */
  public boolean allowsLooseNumbers() {
    return rules <= LAST_WITH_LOOSE_NUMBERS;
  }

  /**
   * Returns whether the room's id is that of its {@code m.room.create} with another sigil, so that this event may
   * have no {@code room_id}.
   */
  public boolean isNamedByItsCreate() {
    return rules >= FIRST_NAMED_BY_CREATE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoomVersion version && value.equals(version.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  private static int rulesOf(String name) {
    for (int known = 1; known < NEWEST_RULES; known++) {
      if (name.equals(Integer.toString(known))) {
        return known;
      }
    }
    return NEWEST_RULES;
  }
}
