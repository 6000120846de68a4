package io.github.matrixsync.homeserver.push;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.push.PushRule.Outcome;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.store.timeline.UnreadCounts.Count;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The newest events of one room, and which of them each user has not read. An event is evaluated once for each user,
 * when the user's counts are requested first. Guarded by itself.
 */
final class RoomUnread {
  /** The maximum number of events of a room that are counted. */
  static final int MOST = 1_000;

  private static final String MAIN = "main";

  /** An event, with the root of its thread. */
  private record Item(RoomEvent event, long position, Optional<EventId> thread, JsonNode tree) {}

  /** An event that notifies a user. */
  private record Unread(
      EventId event, UserId sender, long position, Optional<EventId> thread, boolean highlight) {}

  /** The state of one user. */
  private static final class Reader {
    private final List<Unread> unread = new ArrayList<>();
    private boolean joined;
    private long through;

    /**
     * Begins with nothing counted.
     *
     * @param joined whether the user may have joined before the oldest of these events
     */
    Reader(boolean joined) {
      this.joined = joined;
    }
  }

  private final Deque<Item> items = new ArrayDeque<>();
  private final Map<EventId, EventId> threads = new HashMap<>();
  private final Map<UserId, Reader> readers = new HashMap<>();

  /** The positions up to which users have read, by user and thread; an empty thread stands for all threads. */
  private final Map<UserId, Map<Optional<String>, Long>> read = new HashMap<>();

  private boolean isCut;
  private long through;
  private long members;

  /** Returns the position up to which events were added. */
  long through() {
    return through;
  }

  /** Returns whether no events were added yet. */
  boolean isNew() {
    return through == 0;
  }

  /** Sets the position up to which events were added, and how many users are joined at that position. */
  void through(long position, long joined) {
    through = Math.max(through, position);
    members = joined;
  }

  /** Returns how many users are joined. */
  long members() {
    return members;
  }

  /** Adds the next event. */
  void add(RoomEvent event, long position) {
    if (position <= through) {
      return;
    }
    Optional<EventId> thread = event.relation().flatMap(this::threadOf);
    thread.ifPresent(root -> threads.put(event.id(), root));
    items.add(new Item(event, position, thread, PushRule.tree(event)));
    if (items.size() > MOST) {
      threads.remove(items.remove().event().id());
      isCut = true;
    }
    through = position;
  }

  /**
   * Returns the thread of an event: an event that relates to an event of a thread, such as a reaction, is in the same
   * thread.
   */
  private Optional<EventId> threadOf(Relation relation) {
    return relation.relType().equals(Relation.THREAD)
        ? Optional.of(relation.target())
        : Optional.ofNullable(threads.get(relation.target()));
  }

  /** Records the position up to which a user has read, unless a later one is known. */
  void read(UserId user, Optional<String> thread, long position) {
    read.computeIfAbsent(user, u -> new HashMap<>()).merge(thread, position, Math::max);
  }

  /** Removes the counts of a user, because the user's rules changed. Returns whether there were any. */
  boolean forget(UserId user) {
    return readers.remove(user) != null;
  }

  /**
   * Returns a user's counts.
   *
   * @param evaluate returns the result of the user's rules for an event
   * @param ignored the users whom the user ignores
   */
  UnreadCounts counts(UserId user, Function<JsonNode, Outcome> evaluate, Set<UserId> ignored) {
    Reader reader = readers.computeIfAbsent(user, u -> new Reader(isCut));
    Iterator<Item> newest = items.descendingIterator();
    Deque<Item> unseen = new ArrayDeque<>();
    while (newest.hasNext()) {
      Item item = newest.next();
      if (item.position() <= reader.through) {
        break;
      }
      unseen.push(item);
    }
    unseen.forEach(item -> look(item, user, reader, evaluate));
    reader.through = through;
    Map<Optional<String>, Long> marks = read.getOrDefault(user, Map.of());
    reader.unread.removeIf(event -> event.position() <= readUpTo(marks, event.thread()));
    return sum(reader.unread, ignored);
  }

  private static void look(
      Item item, UserId user, Reader reader, Function<JsonNode, Outcome> evaluate) {
    RoomEvent event = item.event();
    event
        .redacts()
        .ifPresent(target -> reader.unread.removeIf(old -> old.event().equals(target)));
    if (event.isAbout(user)) {
      boolean isJoin = event.membership().equals(Optional.of(Membership.JOIN));
      if (!isJoin || !reader.joined) {
        reader.unread.clear();
      }
      reader.joined = isJoin;
    }
    Outcome outcome = event.sender().equals(user) ? Outcome.NOTHING : evaluate.apply(item.tree());
    if (outcome != Outcome.NOTHING) {
      reader.unread.add(new Unread(
          event.id(),
          event.sender(),
          item.position(),
          item.thread(),
          outcome == Outcome.HIGHLIGHT));
    }
  }

  private static long readUpTo(Map<Optional<String>, Long> marks, Optional<EventId> thread) {
    long all = marks.getOrDefault(Optional.empty(), Long.MIN_VALUE);
    String name = thread.map(EventId::value).orElse(MAIN);
    return Math.max(all, marks.getOrDefault(Optional.of(name), Long.MIN_VALUE));
  }

  private static UnreadCounts sum(List<Unread> unread, Set<UserId> ignored) {
    Map<Optional<EventId>, Count> sums = new HashMap<>();
    for (Unread event : unread) {
      if (!ignored.contains(event.sender())) {
        sums.merge(event.thread(), new Count(1, event.highlight() ? 1 : 0), Count::plus);
      }
    }
    Count main = Optional.ofNullable(sums.remove(Optional.<EventId>empty())).orElse(Count.ZERO);
    Map<EventId, Count> threads = new HashMap<>();
    sums.forEach((root, count) -> root.ifPresent(id -> threads.put(id, count)));
    return new UnreadCounts(main, threads);
  }
}
