package io.github.matrixsync.operation;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How many polls an engine takes, and what one answers at most. Immutable; more settings may be added.
 *
 * <p>{@code PollSettings.DEFAULT.withPerUser(200).withInAll(50_000)} bounds the polls of a server that knows how many
 * connections it can hold.
 *
 * @since 0.1.0
 */
public final class PollSettings {
  /**
   * 10,000 polls of one user, any number in all; 1,000 room events in one answer; an answer that has only presence is
   * held back for 500 ms.
   */
  public static final PollSettings DEFAULT =
      new PollSettings(10_000, OptionalInt.empty(), 1_000, Duration.ofMillis(500));

  private final int perUser;
  private final OptionalInt inAll;
  private final int batchLimit;
  private final Duration presenceHold;

  private PollSettings(int perUser, OptionalInt inAll, int batchLimit, Duration presenceHold) {
    this.perUser = perUser;
    this.inAll = inAll;
    this.batchLimit = batchLimit;
    this.presenceHold = presenceHold;
  }

  /** Returns the most polls of one user at a time, all devices together; at least 1. */
  public int perUser() {
    return perUser;
  }

  /** Returns the most polls at a time, at least 1; empty: no bound. */
  public OptionalInt inAll() {
    return inAll;
  }

  /** Returns the most room events in one answer, at least 1. */
  public int batchLimit() {
    return batchLimit;
  }

  /**
   * Returns how long after its beginning a poll waits for something else if it could answer with presence alone; zero:
   * it does not wait.
   */
  public Duration presenceHold() {
    return presenceHold;
  }

  /**
   * Returns these settings with another bound on the polls of one user. One poll too many fails with
   * {@link io.github.matrixsync.call.LimitExceededException}.
   *
   * @param polls at least 1
   */
  public PollSettings withPerUser(int polls) {
    return new PollSettings(
        Checks.positive(polls, "polls per user"), inAll, batchLimit, presenceHold);
  }

  /**
   * Returns these settings with a bound on all polls together. One poll too many fails with
   * {@link io.github.matrixsync.call.LimitExceededException}.
   *
   * @param polls at least 1
   */
  public PollSettings withInAll(int polls) {
    OptionalInt most = OptionalInt.of(Checks.positive(polls, "polls in all"));
    return new PollSettings(perUser, most, batchLimit, presenceHold);
  }

  /**
   * Returns these settings with another number of room events in one answer. A poll that asks for more gets so many,
   * and goes on from there.
   *
   * @param events at least 1
   */
  public PollSettings withBatchLimit(int events) {
    return new PollSettings(perUser, inAll, Checks.positive(events, "batch limit"), presenceHold);
  }

  /**
   * Returns these settings with another hold for answers that have only presence. Presence changes often, and without a
   * hold most polls would end for it.
   *
   * @param hold zero or more; zero: none. More than ten years count as ten years
   */
  public PollSettings withPresenceHold(Duration hold) {
    return new PollSettings(perUser, inAll, batchLimit, Checks.notNegative(hold, "presence hold"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PollSettings that
        && perUser == that.perUser
        && inAll.equals(that.inAll)
        && batchLimit == that.batchLimit
        && presenceHold.equals(that.presenceHold);
  }

  @Override
  public int hashCode() {
    return Objects.hash(perUser, inAll, batchLimit, presenceHold);
  }

  @Override
  public String toString() {
    return "PollSettings[perUser=" + perUser + ", inAll=" + inAll + ", batchLimit=" + batchLimit
        + ", presenceHold=" + presenceHold + "]";
  }
}
