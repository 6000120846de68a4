package io.github.matrixsync.testkit;

/**
 * Begins the assertions about a world. Meant to be imported statically, beside AssertJ's own of the same name.
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
