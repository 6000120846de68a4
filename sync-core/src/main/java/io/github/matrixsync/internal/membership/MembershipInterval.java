package io.github.matrixsync.internal.membership;

import java.util.Arrays;

/**
 * When one user was joined to one room, as far back as the window reaches. Immutable.
 */
public final class MembershipInterval {
  private static final long[] NONE = {};
  public static final MembershipInterval JOINED = new MembershipInterval(true, NONE);
  public static final MembershipInterval NOT_JOINED = new MembershipInterval(false, NONE);

  private final boolean joinedBefore;
  private final long[] changes;

  /**
   * Says when the user came and went.
   *
   * @param joinedBefore whether they were joined before the first turn
   * @param changes the positions at which they came or went, in turn, ascending
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
   * Returns the stay with a turn to {@code joined} at a position above all others, and without the turns up to
   * {@code forget}, at which nobody asks any more.
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

  /** Returns whether it says no more than where the user is. */
  boolean isConstant() {
    return changes.length == 0;
  }
}
