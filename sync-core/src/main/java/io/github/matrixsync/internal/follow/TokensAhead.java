package io.github.matrixsync.internal.follow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.time.Duration;

/**
 * Remembers for a second which tokens were beyond the end of a stream after a refresh of the storage, so that a client
 * that repeats one is refused without another refresh. Remembered by user, because another user may use the same token
 * a moment later. Thread-safe.
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

  /** Returns whether a user's token was found ahead within the last second. */
  boolean contains(UserId user, StreamToken token) {
    return found.getIfPresent(new Asked(user, token)) != null;
  }

  /** Records that a token was ahead after a refresh. */
  void add(UserId user, StreamToken token) {
    found.put(new Asked(user, token), true);
  }
}
