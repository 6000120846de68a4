package io.github.matrixsync.store.model;

/**
 * The positions in {@code (after, upTo]}.
 *
 * @param after exclusive
 * @param upTo inclusive, greater than {@code after}
 * @since 0.1.0
 */
public record Range(long after, long upTo) {
  /** Checks that the range is not empty. */
  public Range {
    if (after >= upTo) {
      throw new IllegalArgumentException("empty range (" + after + ", " + upTo + "]");
    }
  }
}
