package io.github.matrixsync.internal.appservice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.event.UserId;

/**
 * Which users are an application service's: its sender, and those whom its patterns match. The patterns are tried once
 * an id; of the ids tried, the last 10,000 are remembered. Thread-safe.
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
