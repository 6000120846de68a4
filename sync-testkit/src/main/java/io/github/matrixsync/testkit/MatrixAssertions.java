package io.github.matrixsync.testkit;

import io.github.matrixsync.testkit.internal.http.HttpWorld;

/**
 * Entry points of the assertions about a world. Meant to be imported statically, together with AssertJ's own {@code
 * assertThat}.
 *
 * @since 0.1.0
 */
public final class MatrixAssertions {
  private MatrixAssertions() {}

  /** Begins assertions about what a user saw. If the world has an HTTP server, waits first until that is quiet. */
  public static UserAssert assertThat(TestUser user) {
    user.world().httpIfStarted().ifPresent(HttpWorld::settleIfNeeded);
    return new UserAssert(user);
  }

  /** Begins assertions about a snapshot. */
  public static SnapshotAssert assertThat(UserSnapshot snapshot) {
    return new SnapshotAssert(snapshot);
  }
}
