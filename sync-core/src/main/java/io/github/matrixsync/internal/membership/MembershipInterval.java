package io.github.matrixsync.internal.membership;

import java.util.Arrays;

/** The intervals in which one user was joined to one room, as far back as the window reaches. Immutable. */
public final class MembershipInterval {
  private static final long[] NONE = {};
  public static final MembershipInterval JOINED = new MembershipInterval(true, NONE);
  public static final MembershipInterval NOT_JOINED = new MembershipInterval(false, NONE);

  private final boolean joinedBefore;
  private final long[] changes;

  /**
   * Makes intervals from the positions of joins and leaves.
   *
   * @param joinedBefore whether the user was joined before the first change
   * @param changes the positions at which the user joined or left, alternating, ascending
   */
  private MembershipInterval(boolean joinedBefore, long[] changes) {
    this.joinedBefore = joinedBefore;
    this.changes = changes;
  }

  public boolean joinedAt(long position) {
    int passed = 0;
    while (passed < changes.length && changes[passed] <= position) {
      passed++;
    }
    return joinedBefore ^ (passed & 1) == 1;
  }

  boolean joinedLast() {
    return joinedBefore ^ (changes.length & 1) == 1;
  }

  /**
   * Returns the intervals with one more change, at a position above all others, and without the changes up to {@code
   * forget}, which nobody needs any more.
   */
  public MembershipInterval withChange(long position, boolean joined, long forget) {
    int gone = 0;
    while (gone < changes.length && changes[gone] <= forget) {
      gone++;
    }
    boolean before = joinedBefore ^ (gone & 1) == 1;
    if (joinedLast() == joined) {
      return gone == 0
          ? this
          : new MembershipInterval(before, Arrays.copyOfRange(changes, gone, changes.length));
    }
    long[] longer = Arrays.copyOfRange(changes, gone, changes.length + 1);
    longer[longer.length - 1] = position;
    return new MembershipInterval(before, longer);
  }

  /** Returns whether the user's membership did not change inside the window. */
  boolean isConstant() {
    return changes.length == 0;
  }
}
