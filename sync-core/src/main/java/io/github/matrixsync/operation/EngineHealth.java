package io.github.matrixsync.operation;

import java.time.Instant;
import java.util.List;

/**
 * Whether an engine follows its stores, and if not, why. Immutable. Made by the engine; later versions may add to it.
 *
 * @since 0.1.0
 */
public interface EngineHealth {
  /** Returns what is wrong; empty: the engine is healthy. */
  List<Problem> problems();

  /** Returns whether nothing is wrong. */
  default boolean isHealthy() {
    return problems().isEmpty();
  }

  /**
   * What can be wrong.
   *
   * @since 0.1.0
   */
  enum Kind {
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
   * @since 0.1.0
   */
  interface Problem {
    /** Returns what is wrong. */
    Kind kind();

    /**
     * Returns the stream, as in {@link EngineStatistics.StreamLag}, or the store call, as in
     * {@link EngineStatistics.StoreCallTimes}.
     */
    String where();

    /** Returns since when it has been wrong. */
    Instant since();

    /** Returns what is known of it, for people. */
    String detail();
  }
}
