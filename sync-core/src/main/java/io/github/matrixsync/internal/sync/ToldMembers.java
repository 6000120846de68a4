package io.github.matrixsync.internal.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.room.ViewerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which members a client that loads members lazily has been told, by the tokens that it was given. What is
 * known at a token counts only for a client that shows this token, so an answer that was lost loses nothing. A token
 * that was forgotten means that members are told again. Thread-safe.
 */
final class ToldMembers {
  private static final int WEIGHT_OF_ROOM = 100;
  private static final int WEIGHT_OF_USER = 32;

  /** Identifies what one client was told up to a token. */
  private record Key(UserId user, Optional<DeviceId> device, String filter, StreamToken at) {}

  /** The members that are known, by room. Immutable, and shared with earlier tokens where nothing was added. */
  record Known(Map<RoomId, Set<UserId>> members, int weight) {
    static final Known NOBODY = new Known(Map.of(), 0);

    boolean has(RoomId room, UserId user) {
      return members.getOrDefault(room, Set.of()).contains(user);
    }

    /** Returns this with what an answer tells: of rooms that are told anew, that alone. */
    private Known with(Map<RoomId, Set<UserId>> told, Set<RoomId> anew) {
      if (told.isEmpty() && anew.isEmpty()) {
        return this;
      }
      Map<RoomId, Set<UserId>> all = new HashMap<>(members);
      all.keySet().removeAll(anew);
      told.forEach((room, users) -> all.merge(room, Set.copyOf(users), Known::union));
      return new Known(all, weigh(all));
    }

    /** Returns what is known by both. */
    private Known and(Known other) {
      Map<RoomId, Set<UserId>> both = new HashMap<>();
      members.forEach((room, users) -> {
        Set<UserId> common = new HashSet<>(users);
        common.retainAll(other.members.getOrDefault(room, Set.of()));
        if (!common.isEmpty()) {
          both.put(room, common);
        }
      });
      return new Known(both, weigh(both));
    }

    private static Set<UserId> union(Set<UserId> some, Set<UserId> more) {
      if (some.containsAll(more)) {
        return some;
      }
      Set<UserId> all = new HashSet<>(some);
      all.addAll(more);
      return all;
    }

    private static int weigh(Map<RoomId, Set<UserId>> members) {
      int weight = 0;
      for (Set<UserId> users : members.values()) {
        weight += WEIGHT_OF_ROOM + WEIGHT_OF_USER * users.size();
      }
      return weight;
    }
  }

  private final Cache<Key, Known> known;

  /** Makes an empty memory of at most about {@code maxBytes}. */
  ToldMembers(long maxBytes) {
    known = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((Key key, Known told) -> WEIGHT_OF_ROOM + key.filter().length() + told.weight())
        .executor(Runnable::run)
        .build();
  }

  /** Returns what the client of a request has been told up to the token that it shows. */
  Known at(ViewerContext viewer, StreamToken since) {
    Known told = known.getIfPresent(key(viewer, since));
    return told == null ? Known.NOBODY : told;
  }

  /**
   * Remembers what an answer tells. Of two answers that end at one token, what both told counts.
   *
   * @param before what was known before
   * @param end the token at which the answer ends
   * @param told the members that it tells, by room
   * @param anew the rooms that it tells from their beginning
   */
  void remember(
      ViewerContext viewer,
      Known before,
      StreamToken end,
      Map<RoomId, Set<UserId>> told,
      Set<RoomId> anew) {
    Known after = before.with(told, anew);
    known.asMap().merge(key(viewer, end), after, Known::and);
  }

  private static Key key(ViewerContext viewer, StreamToken at) {
    return new Key(viewer.user(), viewer.options().device(), viewer.filter().canonical(), at);
  }
}
