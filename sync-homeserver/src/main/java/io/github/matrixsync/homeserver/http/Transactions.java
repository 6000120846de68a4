package io.github.matrixsync.homeserver.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Caches the answers of transactions, so that a repeated request gets the same answer and is not executed twice, also
 * if both come at once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Transactions {
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final long MOST = 100_000;

  private record Key(String token, UserId user, String pattern, List<String> path) {}

  private final Cache<Key, Answer> answers = Caffeine.newBuilder()
      .expireAfterWrite(RETENTION)
      .maximumSize(MOST)
      .executor(Runnable::run)
      .build();

  /** Creates the object without any answer. */
  public Transactions() {}

  /** Returns a handler that runs {@code handler} once per access token, user and path; errors are not cached. */
  public Router.Handler once(Router.Handler handler) {
    return call -> {
      UserId user = call.requireUser();
      Router.Match match = call.match();
      Key key =
          new Key(call.requester().token().orElseThrow(), user, match.pattern(), match.open());
      return Objects.requireNonNull(answers.get(key, k -> handler.handle(call)));
    };
  }
}
