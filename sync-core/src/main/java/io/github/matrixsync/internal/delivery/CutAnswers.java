package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who came and went in answers that were cut by their limit and so did not tell: the answer that reaches the end does.
 * Only the position where the first of them began is remembered, so their events are read again. Thread-safe.
 */
public final class CutAnswers {
  private static final int PAGE = 1_000;

  private final StreamFollowers followers;

  public CutAnswers(StreamFollowers followers) {
    this.followers = followers;
  }

  /**
   * Who came and went in the events of one look.
   *
   * @param through up to where the look went
   */
  public record Part(JoinsAndLeaves joinsAndLeaves, long through) {}

  /**
   * Returns who came and went after {@code since} and before a look begins; null if that must be read and may not. What
   * was purged meanwhile is told to nobody.
   *
   * @param read reads some of it, or returns null if it must not
   */
  public @Nullable JoinsAndLeaves before(
      LookRequest look, long since, Function<LookRequest, @Nullable Part> read) {
    JoinsAndLeaves all = JoinsAndLeaves.NONE;
    long at = since;
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
