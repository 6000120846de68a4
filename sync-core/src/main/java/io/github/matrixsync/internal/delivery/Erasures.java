package io.github.matrixsync.internal.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Caches which users asked for their events to be erased. Entries expire after the age at which user settings are read
 * again, so one read serves all polls that one event wakes. An answer that reads the store anyway does not use the
 * cache. Thread-safe.
 */
public final class Erasures {
  private static final int MAX_KEPT = 100_000;

  private record Known(boolean erased, Instant readAt) {}

  private final UserSettings settings;
  private final boolean isAbsent;
  private final InstantSource clock;
  private final Duration settingsAge;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<UserId, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

  public Erasures(EngineContext context) {
    settings = context.stores().settings();
    isAbsent = !context.stores().hasSettings();
    clock = context.steadyClock();
    settingsAge = context.settingsAge();
  }

  /** Returns whether the host has no user settings, so that nobody can be erased. */
  boolean isAbsent() {
    return isAbsent;
  }

  /** Reads which of these users are erased now. May block. */
  Erasure read(Set<UserId> senders) {
    if (isAbsent || senders.isEmpty()) {
      return Erasure.NONE;
    }
    long before = changes.get();
    Instant readAt = clock.instant();
    Set<UserId> erased = settings.erased(senders);
    senders.forEach(user -> known.put(user, new Known(erased.contains(user), readAt)));
    if (changes.get() != before) {
      known.invalidateAll(senders);
    }
    return Erasure.of(erased);
  }

  /** Returns which of these users are erased, if all of them are in the cache. Does no I/O. */
  Optional<Erasure> known(Set<UserId> senders) {
    if (isAbsent || senders.isEmpty()) {
      return Optional.of(Erasure.NONE);
    }
    Instant oldest = clock.instant().minus(settingsAge);
    Set<UserId> erased = new HashSet<>();
    for (UserId sender : senders) {
      Known found = known.getIfPresent(sender);
      if (found == null || found.readAt().isBefore(oldest)) {
        return Optional.empty();
      }
      if (found.erased()) {
        erased.add(sender);
      }
    }
    return Optional.of(Erasure.of(erased));
  }

  /** Drops the cached entry of a user whose settings changed. */
  public void changed(UserId user) {
    changes.incrementAndGet();
    known.invalidate(user);
  }
}
