package io.github.matrixsync.testkit;

/**
 * A point in the story of a world. Assertions can be restricted to what users saw after it. Immutable.
 *
 * @since 0.1.0
 */
public final class Mark {
  final MatrixWorld world;
  final long lastSighting;

  Mark(MatrixWorld world, long lastSighting) {
    this.world = world;
    this.lastSighting = lastSighting;
  }

  @Override
  public String toString() {
    return "Mark[after " + lastSighting + " sightings]";
  }
}
