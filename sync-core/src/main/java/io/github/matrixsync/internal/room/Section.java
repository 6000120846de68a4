package io.github.matrixsync.internal.room;

/** The section of a {@code /sync} answer in which a room stands. */
public enum Section {
  JOIN,
  INVITE,
  KNOCK,
  LEAVE
}
