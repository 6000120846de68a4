package io.github.matrixsync.internal.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.follow.WakeUpRelay;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.timeline.NotificationCounts;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers in which rooms the unread counts of users changed without an event of the room, and wakes the users' polls.
 * Such a room is listed in the next answer whose token advances: counts have no part in tokens, and an answer with the
 * token that was shown would be given again at once, for ever. In memory only: a room that is forgotten is listed when
 * it has something else. Thread-safe.
 */
public final class CountChanges implements AutoCloseable {
  private static final int MAX_USERS = 10_000;
  private static final int MAX_ROOMS = 1_000;

  private final StreamFollowers followers;
  private final WakeUpRelay wakeUps;
  private final Registration registration;
  /** By user and room, the ends of the streams at the last change. No answer that was made before ends after it. */
  private final Cache<UserId, Map<RoomId, StreamToken>> changes =
      Caffeine.newBuilder().maximumSize(MAX_USERS).executor(Runnable::run).build();

  /** Begins to listen to the counts, if the host has them. */
  public CountChanges(
      Optional<NotificationCounts> counts, StreamFollowers followers, WakeUpRelay wakeUps) {
    this.followers = followers;
    this.wakeUps = wakeUps;
    registration = counts.map(store -> store.onChange(this::changed)).orElse(() -> {});
  }

  /** Returns the rooms whose counts changed since a client's token, for an answer that ends after it. */
  Set<RoomId> since(UserId user, StreamToken after) {
    Map<RoomId, StreamToken> rooms = changes.getIfPresent(user);
    if (rooms == null) {
      return Set.of();
    }
    Set<RoomId> changed = new HashSet<>();
    rooms.forEach((room, at) -> {
      if (!after.isAheadOf(at)) {
        changed.add(room);
      }
    });
    return changed;
  }

  @Override
  public void close() {
    registration.close();
  }

  private void changed(UserId user, RoomId room) {
    StreamToken now = followers.watermark();
    changes.asMap().compute(user, (key, known) -> {
      Map<RoomId, StreamToken> rooms =
          known == null || known.size() >= MAX_ROOMS ? new ConcurrentHashMap<>() : known;
      rooms.put(room, now);
      return rooms;
    });
    WakeUpTargets targets = new WakeUpTargets();
    targets.addUser(user);
    wakeUps.wake(targets);
  }
}
