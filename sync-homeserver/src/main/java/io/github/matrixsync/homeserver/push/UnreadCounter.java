package io.github.matrixsync.homeserver.push;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.push.PushRule.Place;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Counts unread events by the users' push rules, among the newest {@link RoomUnread#MOST} events of each room. Events
 * are evaluated when a user's counts are requested, once for each user, so sending an event costs nothing. Display
 * names and power levels are those at the time of the request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UnreadCounter implements NotificationCounts {
  private static final Set<String> RECEIPTS = Set.of("m.read", "m.read.private");
  private static final int PAGE = 1_000;

  private final EventStore events;
  private final ReceiptStore receipts;
  private final AccountDataStore accountData;
  private final UserSettings settings;
  private final PushRules rules;
  private final Rooms rooms;
  private final Map<RoomId, RoomUnread> inRooms = new ConcurrentHashMap<>();
  private final Map<UserId, ObjectNode> rulesOf = new ConcurrentHashMap<>();
  private final List<BiConsumer<UserId, RoomId>> listeners = new CopyOnWriteArrayList<>();
  private long readReceipts; // guarded by this
  private long readAccountData; // guarded by this

  /** Creates a counter without any counts, which follows receipts and account data. */
  // More than five parameters: one for each store that counts depend on.
  public UnreadCounter(
      EventStore events,
      ReceiptStore receipts,
      AccountDataStore accountData,
      UserSettings settings,
      PushRules rules,
      Rooms rooms) {
    this.events = events;
    this.receipts = receipts;
    this.accountData = accountData;
    this.settings = settings;
    this.rules = rules;
    this.rooms = rooms;
    readReceipts = receipts.watermark();
    readAccountData = accountData.watermark();
    Registration unused = receipts.onAdvance(this::follow);
    Registration unusedToo = accountData.onAdvance(this::follow);
  }

  @Override
  public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> wanted, long upTo) {
    follow();
    Set<UserId> ignored = settings.ignored(user);
    Map<RoomId, RoomState> joined = new HashMap<>();
    for (RoomId room : wanted) {
      rooms
          .find(room)
          .filter(state -> state.membership(user) == Membership.JOIN)
          .ifPresent(state -> joined.put(room, state));
    }
    load(joined, upTo);
    Map<RoomId, UnreadCounts> counts = new HashMap<>();
    for (RoomId room : wanted) {
      RoomState state = joined.get(room);
      counts.put(room, state == null ? UnreadCounts.NONE : counts(state, user, ignored));
    }
    return counts;
  }

  private UnreadCounts counts(RoomState state, UserId user, Set<UserId> ignored) {
    RoomUnread room = unread(state.id());
    JsonNode member = state.content(RoomEvent.MEMBER, user.value());
    synchronized (room) {
      Place place = new Place(
          Optional.of(member.path("displayname").asString("")),
          room.members(),
          state.content("m.room.power_levels", ""));
      ObjectNode ofUser = rulesOf.computeIfAbsent(user, rules::of);
      return room.counts(user, event -> PushRule.evaluate(ofUser, event, place), ignored);
    }
  }

  private RoomUnread unread(RoomId room) {
    return inRooms.computeIfAbsent(room, id -> new RoomUnread());
  }

  /**
   * Adds the events up to a position to their rooms, and the receipts to new rooms, with one read of each store (rule
   * NC5).
   */
  private void load(Map<RoomId, RoomState> states, long upTo) {
    Map<RoomId, Ranges> missing = new HashMap<>();
    List<RoomId> unknown = new ArrayList<>();
    states.keySet().forEach(id -> {
      RoomUnread room = unread(id);
      synchronized (room) {
        if (room.isNew()) {
          unknown.add(id);
        }
        if (room.through() < upTo) {
          Range range = new Range(room.through(), upTo);
          missing.put(id, new Ranges(List.of(range), upTo, Optional.empty(), Set.of()));
        }
      }
    });
    if (!unknown.isEmpty()) {
      mark(receipts.current(unknown));
    }
    if (!missing.isEmpty()) {
      Map<RoomId, List<StoredEvent>> newest = events.newest(missing, RoomUnread.MOST);
      states.forEach((id, state) -> {
        if (missing.containsKey(id)) {
          add(state, newest.getOrDefault(id, List.of()), upTo);
        }
      });
    }
  }

  /** Adds the newest events of a room up to a position. Events that another thread has added meanwhile are skipped. */
  private void add(RoomState state, List<StoredEvent> newest, long upTo) {
    RoomUnread room = unread(state.id());
    synchronized (room) {
      for (int i = newest.size() - 1; i >= 0; i--) {
        StoredEvent event = newest.get(i);
        if (event.kind() == EventKind.LIVE) {
          room.add(event.event(), event.position());
        }
      }
      room.through(upTo, newest.isEmpty() ? room.members() : state.joinedMembers());
    }
  }

  @Override
  public Registration onChange(BiConsumer<UserId, RoomId> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Reads the receipts and push rules that changed since the last call, and calls the listeners for users whose counts
   * may have changed.
   */
  private void follow() {
    List<Runnable> tells = new ArrayList<>();
    synchronized (this) {
      long upTo = receipts.watermark();
      while (readReceipts < upTo) {
        List<ReceiptChange> changes = receipts.changes(readReceipts, upTo, PAGE);
        mark(changes);
        changes.forEach(change -> tells.add(() -> tell(change.user(), change.room())));
        readReceipts =
            changes.size() < PAGE ? upTo : changes.get(changes.size() - 1).position();
      }
      upTo = accountData.watermark();
      while (readAccountData < upTo) {
        List<AccountDataChange> changes = accountData.changes(readAccountData, upTo, PAGE);
        for (AccountDataChange change : changes) {
          if (change.room().isEmpty() && change.type().equals(PushRules.TYPE)) {
            forget(change.user(), tells);
          }
        }
        readAccountData =
            changes.size() < PAGE ? upTo : changes.get(changes.size() - 1).position();
      }
    }
    tells.forEach(Runnable::run);
  }

  /** Applies receipts to the rooms whose counts were requested before. */
  private void mark(Collection<ReceiptChange> changes) {
    List<ReceiptChange> wanted = changes.stream()
        .filter(change -> RECEIPTS.contains(change.type()) && inRooms.containsKey(change.room()))
        .toList();
    Set<EventId> ids = new HashSet<>();
    wanted.forEach(change -> ids.add(change.event()));
    Map<EventId, StoredEvent> found = ids.isEmpty() ? Map.of() : events.events(ids);
    for (ReceiptChange change : wanted) {
      StoredEvent event = found.get(change.event());
      RoomUnread room = inRooms.get(change.room());
      if (event != null && room != null) {
        synchronized (room) {
          room.read(change.user(), change.threadId(), event.position());
        }
      }
    }
  }

  private void forget(UserId user, List<Runnable> tells) {
    rulesOf.remove(user);
    inRooms.forEach((id, room) -> {
      synchronized (room) {
        if (room.forget(user)) {
          tells.add(() -> tell(user, id));
        }
      }
    });
  }

  private void tell(UserId user, RoomId room) {
    listeners.forEach(listener -> listener.accept(user, room));
  }
}
