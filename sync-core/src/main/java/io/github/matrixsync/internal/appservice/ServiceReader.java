package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.PendingChanges;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application service that somebody reads for, or read for lately: in which rooms its users are, as far back as the
 * window reaches.
 *
 * <p>Of a room it learns when the room first matters, as of some place inside the window, and rolls that forward with
 * the window's later changes whenever somebody asks. The follower does nothing for services: their patterns are tried
 * on their own polls' time, and a service for which nobody asks costs the memory of what it knew. Thread-safe; the
 * looks of a service are made one after another, so none of them waits for its lock.
 */
public final class ServiceReader {
  /** Beyond so many rooms, those go of which the window holds nothing. */
  static final int MOST_ROOMS = 10_000;

  private final AppService service;
  private final ServiceUsers users;
  private final Map<RoomId, Known> rooms = new HashMap<>(); // guarded by this
  private long after; // guarded by this
  private long through; // guarded by this
  private int mostRooms = MOST_ROOMS; // guarded by this
  private PendingChanges pending = PendingChanges.NONE; // guarded by this

  /** What is known of a room, for positions from {@code since} on. */
  private static final class Known {
    private final boolean named;
    private final long since;
    private final Occupancy occupancy;
    private long lastSeen;

    Known(boolean named, long since, Occupancy occupancy) {
      this.named = named;
      this.since = since;
      this.occupancy = occupancy;
      this.lastSeen = since;
    }
  }

  /**
   * What a look found in the window.
   *
   * @param due what is due
   * @param moving what is not, though of interest, and moved somebody into a room or out of it
   * @param entered the rooms in which none of the service's users was, and then one
   * @param skipped the rooms with events that are not due, unless they match by an alias
   */
  record Found(
      List<WindowEntry> due, List<StoredEvent> moving, Set<RoomId> entered, Set<RoomId> skipped) {}

  ServiceReader(AppService service) {
    this.service = service;
    this.users = new ServiceUsers(service);
  }

  AppService service() {
    return service;
  }

  ServiceUsers users() {
    return users;
  }

  /** Returns those of {@code asked} of which nothing is known at {@code position}. */
  synchronized Set<RoomId> unknown(Window.View view, Collection<RoomId> asked, long position) {
    roll(view);
    Set<RoomId> unknown = new HashSet<>();
    for (RoomId room : asked) {
      if (known(room, position) == null) {
        if (service.namespaces().matchesRoom(room)) {
          rooms.put(room, new Known(true, Long.MIN_VALUE, Occupancy.of(users, Set.of())));
        } else {
          unknown.add(room);
        }
      }
    }
    return unknown;
  }

  /**
   * Takes over who is joined to rooms at {@code position}. Does nothing if the window no longer reaches back to there,
   * or has gone on beyond {@code view}.
   */
  synchronized void learn(Window.View view, Map<RoomId, Set<UserId>> members, long position) {
    roll(view);
    if (after > position || endOf(view) < through) {
      return;
    }
    Map<RoomId, Known> learned = new HashMap<>();
    members.forEach((room, joined) -> {
      if (known(room, position) == null) {
        learned.put(room, new Known(false, position, Occupancy.of(users, joined)));
      }
    });
    for (int i = view.indexAfter(position); i < view.end(); i++) {
      take(view.entry(i), learned);
    }
    rooms.putAll(learned);
  }

  /**
   * Returns what a look finds in {@code view}; empty if that reaches not back far enough any more, or something is not
   * known.
   *
   * @param aliased the rooms that match by an alias
   */
  synchronized Optional<Found> find(LookRequest look, Window.View view, Set<RoomId> aliased) {
    roll(view);
    if (after > look.after()) {
      return Optional.empty();
    }
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new HashSet<>());
    for (int i = view.indexAfter(look.after()); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      if (entry.position() > look.upTo() || found.due().size() == look.limit()) {
        break;
      }
      RoomId room = entry.stored().event().room();
      Known known = known(room, look.after());
      if (known == null) {
        return Optional.empty();
      }
      add(entry, known, known.named || aliased.contains(room), found);
    }
    return Optional.of(found);
  }

  private void add(WindowEntry entry, Known known, boolean named, Found found) {
    StoredEvent event = entry.stored();
    boolean interested = named || known.occupancy.isAround(event.position());
    if (DeliveryRule.isDueToService(event, users::contains, interested)) {
      found.due().add(entry);
    } else if (!interested) {
      found.skipped().add(event.event().room());
    } else if (JoinsAndLeaves.isIn(event)) {
      found.moving().add(event);
    }
    if (!named && known.occupancy.beginsAt(event.position())) {
      found.entered().add(event.event().room());
    }
  }

  /**
   * Returns those of {@code asked} that are of interest at {@code position}, unless only by an alias; empty if that is
   * not known of all.
   */
  synchronized Optional<Set<RoomId>> ofInterest(Collection<RoomId> asked, long position) {
    Set<RoomId> found = new HashSet<>();
    for (RoomId room : asked) {
      Known known = after > position ? null : known(room, position);
      if (known == null) {
        return Optional.empty();
      }
      if (known.named || known.occupancy.isAt(position)) {
        found.add(room);
      }
    }
    return Optional.of(found);
  }

  /** Returns of how many rooms something is known. */
  synchronized int size() {
    return rooms.size();
  }

  /** Returns after which position it is still to be told who came and went, to a poll that begins at {@code after}. */
  public synchronized long pendingAfter(StreamToken after) {
    return pending.since(after);
  }

  /**
   * Notes that an answer was cut at {@code end} and so did not tell who came and went in it.
   *
   * @param any whether anybody did
   */
  public synchronized void addPending(StreamToken after, StreamToken end, boolean any) {
    pending = pending.with(after, end, any);
  }

  private @Nullable Known known(RoomId room, long position) {
    Known known = rooms.get(room);
    return known == null || known.since > position ? null : known;
  }

  /**
   * Takes over what is new in a view, unless a newer one has come already. If the window ran away in between, nothing
   * that was known counts.
   */
  private void roll(Window.View view) {
    if (endOf(view) < through || view.after() < after) {
      return;
    }
    if (view.after() > through) {
      rooms.clear();
    }
    after = view.after();
    for (int i = view.indexAfter(through); i < view.end(); i++) {
      take(view.entry(i), rooms);
    }
    through = endOf(view);
    forgetIdle();
  }

  private void take(WindowEntry entry, Map<RoomId, Known> into) {
    Known known = into.get(entry.stored().event().room());
    if (known == null) {
      return;
    }
    known.lastSeen = entry.position();
    if (known.named) {
      return;
    }
    for (StateChange change : entry.stored().changes()) {
      if (change instanceof MemberChange member && users.contains(member.user())) {
        known.occupancy.take(member, after);
      }
    }
  }

  private void forgetIdle() {
    if (rooms.size() > mostRooms) {
      rooms.values().removeIf(known -> known.lastSeen <= after);
      mostRooms = Math.max(MOST_ROOMS, 2 * rooms.size());
    }
  }

  /** Returns the position up to which a view says everything. */
  private static long endOf(Window.View view) {
    return view.size() == 0 ? view.after() : view.entry(view.end() - 1).position();
  }
}
