package io.github.matrixsync.internal.appservice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.event.UserId;

/**
 * Caches which users belong to an application service: its sender, and those whom its patterns match. The results for
 * the last 10,000 user ids are cached. Thread-safe.
 */
final class ServiceUsers {
  private static final int MOST_REMEMBERED = 10_000;

  private final AppService service;
  private final Cache<UserId, Boolean> tried =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).executor(Runnable::run).build();

  ServiceUsers(AppService service) {
    this.service = service;
  }

  boolean contains(UserId user) {
    Boolean known = tried.getIfPresent(user);
    if (known == null) {
      known = service.owns(user);
      tried.put(user, known);
    }
    return known;
  }
}
