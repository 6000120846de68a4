package io.github.matrixsync.operation;

import java.time.Instant;
import java.util.List;

/**
 * Whether an engine follows its stores, and if not, why. Immutable.
 *
 * @param problems what is wrong; none: it is healthy
 */
public record EngineHealth(List<Problem> problems) {
  /** Copies the list. */
  public EngineHealth {
    problems = List.copyOf(problems);
  }

  /** Returns whether nothing is wrong. */
  public boolean isHealthy() {
    return problems.isEmpty();
  }

  /** What can be wrong. */
  public enum Kind {
    /** A stream's watermark lies above the position up to which it is followed, and that position does not move. */
    STALLED,
    /** A stream cannot be read: every attempt fails. */
    FAILING,
    /** A store call does not return. */
    HANGING
  }

  /**
   * One thing that has been wrong for longer than the engine's limit. Immutable.
   *
   * @param kind what is wrong
   * @param where the stream, as in {@link EngineStatistics.StreamLag}, or the store call, as in
   *     {@link EngineStatistics.StoreCallTimes}
   * @param since since when
   * @param detail what is known of it, for people
   */
  public record Problem(Kind kind, String where, Instant since, String detail) {}
}
