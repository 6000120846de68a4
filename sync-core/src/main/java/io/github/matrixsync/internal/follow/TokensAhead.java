package io.github.matrixsync.internal.follow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;

/**
 * Which tokens were lately found to lie beyond the end of a stream after a fresh look at the storage. A client that
 * repeats one within a second is told so again without another look. Each user has their own: what one user asks for
 * too early another may be given a moment later. Thread-safe.
 */
final class TokensAhead {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int MOST = 10_000;

  private record Asked(UserId user, StreamToken token) {}

  private final Cache<Asked, Boolean> found;

  TokensAhead(EngineThreads threads) {
    found = Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterWrite(REMEMBERED)
        .ticker(threads::nanoTime)
        .executor(Runnable::run)
        .build();
  }

  /** Returns whether a user's token was lately found ahead. */
  boolean contains(UserId user, StreamToken token) {
    return found.getIfPresent(new Asked(user, token)) != null;
  }

  /** Notes that a fresh look at the storage found it ahead. */
  void add(UserId user, StreamToken token) {
    found.put(new Asked(user, token), true);
  }
}
