package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.filter.RoomFilter;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.cache.UserRoomsCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.room.RoomScope;
import io.github.matrixsync.internal.room.Section;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.sync.SectionRule.Coverage;
import io.github.matrixsync.internal.sync.SectionRule.Place;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rooms of an answer, and in which section each stands: by the viewer's memberships as of the client's token
 * and as of the end, with unwanted invitations taken out. Thread-safe.
 */
final class RoomSections {
  private final Window window;
  private final EventGate gate;
  private final UserRoomsCache userRooms;
  private final EventCache events;
  private final UserSettings settings;
  private final boolean listsRemoved;

  // More than five parameters: one for each part of the engine that sections are computed from, and
  // one setting; called by SyncAnswers only.
  RoomSections(
      Window window,
      EventGate gate,
      UserRoomsCache userRooms,
      EventCache events,
      UserSettings settings,
      boolean listsRemoved) {
    this.window = window;
    this.gate = gate;
    this.userRooms = userRooms;
    this.events = events;
    this.settings = settings;
    this.listsRemoved = listsRemoved;
  }

  /**
   * The rooms of an answer.
   *
   * @param scopes of rooms that the viewer is or was joined to
   * @param ends by room, how an invitation or a knock ended since
   * @param invited by room, the invitation
   * @param knocked by room, the knock
   */
  record Found(
      List<RoomScope> scopes,
      Map<RoomId, List<MemberChange>> ends,
      Map<RoomId, MemberChange> invited,
      Map<RoomId, MemberChange> knocked) {
    static Found nothing() {
      return new Found(new ArrayList<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Returns the rooms that the viewer joined since the client's token, and are still joined to. */
    Set<RoomId> entered() {
      Set<RoomId> entered = new HashSet<>();
      for (RoomScope scope : scopes) {
        if (scope.section() == Section.JOIN && scope.isHistory()) {
          entered.add(scope.room());
        }
      }
      return entered;
    }

    /** Returns the events of the rooms that the viewer is joined to and that are in the window. */
    List<StoredEvent> inWindow() {
      List<StoredEvent> events = new ArrayList<>();
      for (RoomScope scope : scopes) {
        List<WindowEntry> entries = scope.entries();
        if (entries != null && !scope.isLeft()) {
          entries.forEach(entry -> events.add(entry.stored()));
        }
      }
      return events;
    }

    private void add(Place place, RoomId room, RoomView view, long after) {
      if (place.coverage() != Coverage.OWN) {
        scopes.add(scope(place, room, view, after));
        return;
      }
      switch (place.section()) {
        case INVITE -> invited.put(room, place.own());
        case KNOCK -> knocked.put(room, place.own());
        default ->
          ends.put(
              room,
              view.memberChanges().stream()
                  .filter(change -> change.position() > after)
                  .toList());
      }
    }
  }

  /** Returns the scope of a room at a place. */
  private static RoomScope scope(Place place, RoomId room, RoomView view, long after) {
    boolean isNew = place.coverage() == Coverage.NEW;
    boolean isWhole = isNew || place.coverage() == Coverage.WHOLE;
    return new RoomScope(
        room,
        place.section(),
        isWhole ? 0 : after,
        place.upTo(),
        isWhole,
        isNew,
        place.told(),
        view,
        null);
  }

  private static Optional<Place> since(RoomView view, long after, long end) {
    return SectionRule.since(view.memberChanges(), view.unwantedInvitations(), after, end);
  }

  /** Returns the rooms with anything new for a client that has everything up to a position. */
  Found since(Reader reader, ViewerContext viewer, long after, StoreReads reads) {
    Optional<InWindow> recent = inWindow(reader, after, viewer.end().room());
    if (recent.isPresent()) {
      return ofWindow(recent.get(), viewer, after, reads);
    }
    reads.require();
    Found found = Found.nothing();
    RoomFilter filter = viewer.filter().room();
    views(viewer).forEach((room, view) -> {
      if (filter.includes(room)) {
        since(view, after, viewer.end().room())
            .ifPresent(place -> found.add(place, room, view, after));
      }
    });
    return found;
  }

  /**
   * The part of the window after a token: the events of the viewer's rooms, and where the viewer's membership changed.
   */
  private record InWindow(Map<RoomId, List<WindowEntry>> events, Set<RoomId> moved) {}

  /** Returns what the window has; empty if it does not reach back, or the viewer's memberships are not loaded. */
  private Optional<InWindow> inWindow(Reader reader, long after, long end) {
    Window.View view = window.view();
    if (view.after() > after) {
      return Optional.empty();
    }
    Optional<InWindow> found = reader.ifLoaded(() -> select(view, reader, after, end));
    return window.after() <= after ? found : Optional.empty();
  }

  private static InWindow select(Window.View view, Reader reader, long after, long end) {
    Map<RoomId, List<WindowEntry>> events = new TreeMap<>();
    Set<RoomId> moved = new HashSet<>();
    for (int i = view.indexAfter(after); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      if (entry.position() > end) {
        break;
      }
      StoredEvent stored = entry.stored();
      RoomId room = stored.event().room();
      if (moves(stored, reader)) {
        moved.add(room);
      }
      if (moved.contains(room)
          || reader.joinedAt(room, entry.position())
          || reader.joinedAt(room, after)) {
        events.computeIfAbsent(room, key -> new ArrayList<>()).add(entry);
      }
    }
    return new InWindow(events, moved);
  }

  /** Returns whether an event makes the viewer enter or leave a section. */
  private static boolean moves(StoredEvent stored, Reader reader) {
    for (StateChange change : stored.changes()) {
      if (change instanceof MemberChange member
          && member.user().equals(reader.user())
          && (member.before() != Membership.JOIN || member.after() != Membership.JOIN)) {
        return true;
      }
    }
    return false;
  }

  private Found ofWindow(InWindow recent, ViewerContext viewer, long after, StoreReads reads) {
    Found found = Found.nothing();
    RoomFilter filter = viewer.filter().room();
    Set<RoomId> moved = new HashSet<>(recent.moved());
    moved.removeIf(room -> !filter.includes(room));
    Map<RoomId, RoomView> views = Map.of();
    if (!moved.isEmpty()) {
      reads.require();
      views = gate.views(viewer.user(), moved, viewer.end().room());
    }
    for (Map.Entry<RoomId, List<WindowEntry>> entry : recent.events().entrySet()) {
      RoomId room = entry.getKey();
      RoomView view = views.get(room);
      if (view != null) {
        since(view, after, viewer.end().room())
            .ifPresent(place -> found.add(place, room, view, after));
      } else if (filter.includes(room)) {
        found.scopes().add(RoomScope.inWindow(room, after, viewer.end().room(), entry.getValue()));
      }
    }
    found
        .scopes()
        .replaceAll(scope -> scope.isHistory() || scope.entries() != null
            ? scope
            : scope.withEntries(recent.events().getOrDefault(scope.room(), List.of())));
    return found;
  }

  /**
   * Returns all rooms that an answer with everything lists.
   *
   * @param after the position of the client's token, whose rooms are told from there; null: none
   */
  Found whole(ViewerContext viewer, @Nullable Long after) {
    Found found = Found.nothing();
    long end = viewer.end().room();
    RoomFilter filter = viewer.filter().room();
    Map<RoomId, RoomView> left = new HashMap<>();
    views(viewer).forEach((room, view) -> {
      Optional<Place> whole = SectionRule.whole(view.memberChanges(), end);
      Optional<Place> news = after == null ? Optional.empty() : since(view, after, end);
      if (!filter.includes(room)) {
        return;
      }
      if (after != null && news.isPresent()) {
        found.add(news.get(), room, view, after);
      } else if (whole.isPresent() && whole.get().section() == Section.LEAVE) {
        left.put(room, view);
      } else {
        whole.ifPresent(place -> found.add(place, room, view, 0));
      }
    });
    found.scopes().replaceAll(RoomScope::withAllState);
    addLeft(left, viewer, found);
    return found;
  }

  /** Adds the rooms that the viewer left: if asked for, else those from which others removed the viewer. */
  private void addLeft(Map<RoomId, RoomView> left, ViewerContext viewer, Found found) {
    boolean all = viewer.filter().room().includeLeave();
    if (left.isEmpty() || !(all || listsRemoved)) {
      return;
    }
    Set<RoomId> forgotten = settings.forgotten(viewer.user());
    Set<RoomId> removed = all ? Set.of() : removedFrom(left, viewer);
    left.forEach((room, view) -> {
      if (!forgotten.contains(room) && (all || removed.contains(room))) {
        SectionRule.whole(view.memberChanges(), viewer.end().room())
            .ifPresent(place -> found.add(place, room, view, 0));
      }
    });
  }

  /** Returns the rooms in which somebody else ended the viewer's last stay. */
  private Set<RoomId> removedFrom(Map<RoomId, RoomView> left, ViewerContext viewer) {
    Map<EventId, RoomId> departures = new HashMap<>();
    left.forEach((room, view) -> view.memberChanges().stream()
        .filter(change -> view.lastDeparture().orElse(0) == change.position())
        .flatMap(change -> change.event().stream())
        .forEach(id -> departures.put(id, room)));
    Set<RoomId> removed = new HashSet<>();
    events.find(departures.keySet()).forEach((id, event) -> {
      if (!event.event().sender().equals(viewer.user())) {
        removed.add(departures.get(id));
      }
    });
    return removed;
  }

  /** Returns what the viewer may see of every room with a membership, without unwanted invitations. */
  private Map<RoomId, RoomView> views(ViewerContext viewer) {
    long end = viewer.end().room();
    Map<RoomId, RoomView> views = new TreeMap<>();
    for (UserRoom room : userRooms.find(viewer.user(), end).rooms()) {
      views.put(room.room(), room.viewed().view(end, viewer.ignored()));
    }
    Set<EventId> unwanted =
        gate.unwantedInvitations(viewer.user(), viewer.ignored(), views.values());
    if (!unwanted.isEmpty()) {
      views.replaceAll((room, view) -> view.withoutInvitations(unwanted));
    }
    return views;
  }
}
