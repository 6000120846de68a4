package io.github.matrixsync.testkit;

/**
 * Entry points of the assertions about a world. Meant to be imported statically, together with AssertJ's own {@code
 * assertThat}.
 *
 * @since 0.1.0
 */
public final class MatrixAssertions {
  private MatrixAssertions() {}

  /** Begins assertions about what a user saw. */
  public static UserAssert assertThat(TestUser user) {
    return new UserAssert(user);
  }

  /** Begins assertions about a snapshot. */
  public static SnapshotAssert assertThat(UserSnapshot snapshot) {
    return new SnapshotAssert(snapshot);
  }
}
