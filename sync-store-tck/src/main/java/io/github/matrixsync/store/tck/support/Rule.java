package io.github.matrixsync.store.tck.support;

import java.util.Locale;

/**
 * The rules of the store contract in one sentence each; the Javadoc of the packages {@code io.github.matrixsync.store},
 * {@code store.device} and {@code store.timeline} has them in full.
 */
public enum Rule {
  V1("every read returns events with all their fields, as they were stored"),
  V2("ids, types and state keys are the same only if their characters are"),
  P1(
      "positions strictly increase in the order of arrival; one that could be seen is never used again"),
  P2("nothing at or below the watermark changes, and nothing is added there"),
  W1("the watermark never falls, and who has seen a value sees it or a higher one from then on"),
  W2("when a writing call returns, the watermark covers what it wrote"),
  W3("asking for the watermark does no I/O and waits for no reader or writer"),
  L1(
      "every advance reaches every listener, once it can be seen and read, or once this instance knows of it"),
  L2("a listener is called with no lock held, and its exception affects nobody else"),
  A1("a batch is stored whole or not at all, and nobody ever sees a part of it"),
  A2(
      "a batch ascends in its order with nothing of another between; a missing depth is the highest plus one"),
  A3("appending a known event changes nothing and returns the position it has"),
  A4(
      "an outlier that becomes live takes a new position, its entry in the log stays, and its subject knows it"),
  A5("state changes take effect with the event that brings them, which says what it replaced"),
  K1("backfill is in its room's past and in nothing else"),
  K2("backfill is readable when backfilledTo has fallen to it"),
  K3("backfill returns every room that has new backfill and every event that it redacts"),
  B1("bounds are after (exclusive) and upTo (inclusive)"),
  B2("reads by position ascend, and a limit cuts off the highest"),
  B3("a read returns everything of its interest"),
  B4("newest returns the last live events by position, as far as they are due"),
  R1("results are immutable and stay as they were read"),
  R2("a read from below retainedAfter is an error, also when a purge overtakes it"),
  R3("a purge removes only events that never set a state entry"),
  S1("state is exact as of every position"),
  S2("memberships, members and timelines are complete and exact as of every position"),
  S3("stateChanges returns every entry that differs at the two ends of an interval"),
  S4("members counts a room's members by its state, and names the first of them"),
  H1(
      "history is the live events and the backfill by depth, then position, as far as the viewer may see it"),
  H2("pointAt is the greatest point of the room's live events up to a position"),
  D1("an event is returned with the redaction that applies to it now"),
  C1("a key has one entry, the latest, which only moves up"),
  C2("what is current is at least as new as the watermark before the call"),
  C3("a store that loses its content starts above every position it returned"),
  T1("typing ends when its deadline has passed and expire is called, and the next one is later"),
  T2("listeners are told when the next deadline comes sooner"),
  N1("directory and settings answer as of now, and only what was asked for"),
  TD1("messages to a device come in the order of arrival, and a limit cuts off the highest"),
  TD2("a message comes again until it is acknowledged, also after a restart"),
  TD3("acknowledging removes what was handed out up to a position, and nothing else"),
  TD4("a device that is unknown or was removed has no messages"),
  TD5("listeners are told of a device when its message can be read"),
  TD6("messages have positions of one stream, complete up to its watermark"),
  KC1("key counts have every algorithm that a device ever had, also at 0"),
  KC2("key counts take at most one read of the storage"),
  KC3("key counts see every change that has returned"),
  KC4("an unknown device has no keys, and that is no error"),
  TX1("only the device that sent an event has its transaction id"),
  TX2("a transaction id can be read when its event can"),
  RL1("children are given newest first, and only edits that may replace their parent"),
  RL2("relations are complete as of the watermark"),
  RL3("redacted children are not given"),
  RL4("a thread's summary has its newest child, their number and whether the viewer took part"),
  RL5("a child is of the room of its parent"),
  NC1("counts include every event and receipt up to now"),
  NC2("one's own events, ignored users' and those of other rooms are not counted"),
  NC3("exactly the rooms asked for have counts"),
  NC4("listeners are told of changes that no event caused"),
  NC5("counts of any number of rooms take at most one read of the storage"),
  TG1("the last gap in a range is given, and no room without one"),
  TG2("a gap never moves"),
  FS1("a filter comes back byte for byte"),
  FS2("a filter is its user's alone"),
  FS3("ids of filters are not empty and do not begin with a brace"),
  E1("a failure is a StoreException, never an empty or shortened answer"),
  X1(
      "any number of threads may call; where a store can be closed, twice is as once, and then every call is refused");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the rule at the beginning of a test's name, such as {@code b1_log_...}. */
  public static Rule of(String testName) {
    return valueOf(testName.substring(0, testName.indexOf('_')).toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return "rule " + name() + " (" + sentence + ")";
  }
}
