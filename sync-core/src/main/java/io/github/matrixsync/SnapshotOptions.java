package io.github.matrixsync;

/**
 * What not every snapshot needs. Immutable.
 *
 * @param leftRooms whether rooms that the user left are listed
 */
public record SnapshotOptions(LeftRooms leftRooms) {
  /** Left rooms are listed. */
  public static final SnapshotOptions DEFAULT = new SnapshotOptions(LeftRooms.LISTED);
}
