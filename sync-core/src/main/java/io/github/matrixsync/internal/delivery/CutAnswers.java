package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the joins and leaves of batches that their limit cut short. Such a batch has no presence, receipts or
 * typing; the first batch that reaches the end of the stream sends those for all joins and leaves since. Only the
 * position where the first cut batch began is remembered, so their events are read again. Thread-safe.
 */
public final class CutAnswers {
  private static final int PAGE = 1_000;

  private final StreamFollowers followers;

  public CutAnswers(StreamFollowers followers) {
    this.followers = followers;
  }

  /**
   * The joins and leaves among the events of one look.
   *
   * @param through the last position that the look covered
   */
  public record Part(JoinsAndLeaves joinsAndLeaves, long through) {}

  /**
   * Returns the joins and leaves after {@code after} and up to where a look begins; null if they must be read from the
   * store and {@code read} may not. Those that were purged meanwhile are left out.
   *
   * @param read reads one part, or returns null if it may not read the store
   */
  public @Nullable JoinsAndLeaves before(
      LookRequest look, long after, Function<LookRequest, @Nullable Part> read) {
    JoinsAndLeaves all = JoinsAndLeaves.NONE;
    long at = after;
    while (at < look.after()) {
      try {
        Part part = read.apply(new LookRequest(look.reader(), at, look.after(), PAGE, look.form()));
        if (part == null) {
          return null;
        }
        all = part.joinsAndLeaves().after(all);
        at = part.through();
      } catch (TokenExpiredException e) {
        long retained = followers.retained(at);
        if (retained <= at) {
          throw e;
        }
        at = retained;
      }
    }
    return all;
  }
}
