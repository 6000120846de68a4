package io.github.matrixsync.internal.membership;

import java.util.Arrays;

/**
 * When one user was joined to one room, as far back as the window reaches. Immutable.
 */
public final class MembershipInterval {
  private static final long[] NONE = {};
  public static final MembershipInterval IN = new MembershipInterval(true, NONE);
  public static final MembershipInterval OUT = new MembershipInterval(false, NONE);

  private final boolean joinedBefore;
  private final long[] turns;

  /**
   * Says when the user came and went.
   *
   * @param joinedBefore whether they were joined before the first turn
   * @param turns the positions at which they came or went, in turn, ascending
   */
  private MembershipInterval(boolean joinedBefore, long[] turns) {
    this.joinedBefore = joinedBefore;
    this.turns = turns;
  }

  public boolean joinedAt(long position) {
    int passed = 0;
    while (passed < turns.length && turns[passed] <= position) {
      passed++;
    }
    return joinedBefore ^ (passed & 1) == 1;
  }

  boolean joinedLast() {
    return joinedBefore ^ (turns.length & 1) == 1;
  }

  /**
   * Returns the stay with a turn to {@code joined} at a position above all others, and without the turns up to
   * {@code forget}, at which nobody asks any more.
   */
  public MembershipInterval turned(long position, boolean joined, long forget) {
    int gone = 0;
    while (gone < turns.length && turns[gone] <= forget) {
      gone++;
    }
    boolean before = joinedBefore ^ (gone & 1) == 1;
    if (joinedLast() == joined) {
      return gone == 0
          ? this
          : new MembershipInterval(before, Arrays.copyOfRange(turns, gone, turns.length));
    }
    long[] longer = Arrays.copyOfRange(turns, gone, turns.length + 1);
    longer[longer.length - 1] = position;
    return new MembershipInterval(before, longer);
  }

  /** Returns whether it says no more than where the user is. */
  boolean isPlain() {
    return turns.length == 0;
  }
}
