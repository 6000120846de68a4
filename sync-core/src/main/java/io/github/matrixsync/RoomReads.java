package io.github.matrixsync;

import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.LogPage;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.Timelines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the room events that are due to a poll: in the window if it reaches back far enough, else in the store, page by page. Thread-safe. */
final class RoomReads {
  private static final int PAGE = 1_000;

  private final EventStore events;
  private final Window window;
  private final Encoder encoder;

  RoomReads(EventStore events, Window window, Encoder encoder) {
    this.events = events;
    this.window = window;
    this.encoder = encoder;
  }

  /** Returns whether the window reaches back to {@code after}. */
  boolean isInWindow(long after) {
    return window.after() <= after;
  }

  /**
   * Returns what is due in {@code (after, upTo]}, at most {@code limit}, from the window; empty if it does not reach back to {@code after}. Does no I/O.
   */
  Optional<RoomPart> fromWindow(Reader reader, long after, long upTo, int limit) {
    Window.View view = window.view();
    if (view.after() > after) {
      return Optional.empty();
    }
    Set<UserId> ignored = reader.preferences().ignored();
    List<RoomPart.Due> due = new ArrayList<>();
    long through = upTo;
    for (int i = view.indexAfter(after); i < view.end(); i++) {
      Entry entry = view.entry(i);
      if (entry.position() > upTo) {
        break;
      }
      boolean joined = reader.joinedAt(entry.stored().event().room(), entry.position());
      if (StreamLaw.isDue(entry.stored(), reader.user(), joined, ignored)) {
        due.add(new RoomPart.Due(entry.stored(), entry.encoded()));
        if (due.size() == limit) {
          through = entry.position();
          break;
        }
      }
    }
    return isInWindow(after) ? Optional.of(new RoomPart(due, through)) : Optional.empty();
  }

  /** Returns what is due in {@code (after, upTo]}, at most {@code limit}, from the store. May block. */
  RoomPart fromStore(Reader reader, long after, long upTo, int limit) {
    UserId user = reader.user();
    Set<UserId> ignored = reader.preferences().ignored();
    return read(Interest.of(user), after, upTo, limit, page -> {
      Map<RoomId, RoomView> views = views(user, page);
      return event ->
          StreamLaw.isDue(event, user, view(views, event).joinedAt(event.position()), ignored);
    });
  }

  /**
   * Returns what is due in one room to a user who is in it or peeks, in {@code (after, upTo]}, at most {@code limit}. May block.
   */
  RoomPart inRoom(Reader reader, RoomId room, long after, long upTo, int limit) {
    UserId user = reader.user();
    Set<UserId> ignored = reader.preferences().ignored();
    RoomView view = viewOf(user, room, upTo);
    return read(Interest.of(room), after, upTo, limit, page -> event -> {
      boolean open = view.joinedAt(event.position()) || view.worldReadableAround(event.position());
      return event.event().room().equals(room) && StreamLaw.isDue(event, user, open, ignored);
    });
  }

  /** Returns whether a user is in a room, or everybody may read it, as of {@code position}. May block. */
  boolean isReadable(UserId user, RoomId room, long position) {
    RoomView view = viewOf(user, room, position);
    return view.joinedAt(position)
        || view.visibilityAt(position) == HistoryVisibility.WORLD_READABLE;
  }

  private RoomView viewOf(UserId user, RoomId room, long asOf) {
    Timelines timelines =
        events.timelines(user, List.of(room), asOf).getOrDefault(room, Timelines.EMPTY);
    return RoomView.of(user, timelines, asOf);
  }

  private interface Gate {
    Predicate<StoredEvent> of(LogPage page);
  }

  private RoomPart read(Interest interest, long after, long upTo, int limit, Gate gate) {
    List<RoomPart.Due> due = new ArrayList<>();
    long at = after;
    try {
      while (at < upTo) {
        LogPage page = events.log(interest, at, upTo, PAGE);
        if (page.through() <= at) {
          throw new IllegalStateException("the store made no progress after " + at);
        }
        List<StoredEvent> chosen = page.events().stream()
            .filter(gate.of(page))
            .limit(limit - due.size())
            .toList();
        due.addAll(encode(chosen));
        if (due.size() == limit) {
          return new RoomPart(due, chosen.get(chosen.size() - 1).position());
        }
        at = page.through();
      }
    } catch (ExpiredPositionException e) {
      throw new TokenExpiredException(e.after(), e.retainedAfter());
    }
    return new RoomPart(due, upTo);
  }

  private Map<RoomId, RoomView> views(UserId user, LogPage page) {
    Set<RoomId> rooms = new HashSet<>();
    page.events().forEach(event -> rooms.add(event.event().room()));
    Map<RoomId, RoomView> views = new HashMap<>();
    events
        .timelines(user, rooms, page.through())
        .forEach((room, lines) -> views.put(room, RoomView.of(user, lines, page.through())));
    return views;
  }

  private static RoomView view(Map<RoomId, RoomView> views, StoredEvent event) {
    RoomView view = views.get(event.event().room());
    if (view == null) {
      throw new IllegalStateException(
          "the store gave no timelines of " + event.event().room());
    }
    return view;
  }

  private List<RoomPart.Due> encode(List<StoredEvent> chosen) {
    Map<EventId, StoredEvent> replaced = replacedBy(events, chosen);
    List<RoomPart.Due> due = new ArrayList<>(chosen.size());
    for (StoredEvent event : chosen) {
      due.add(new RoomPart.Due(event, encoder.encode(event, event.replaces().map(replaced::get))));
    }
    return due;
  }

  /** Reads the state events that others replaced, in one call, or none if there are none. May block. */
  static Map<EventId, StoredEvent> replacedBy(EventStore events, Iterable<StoredEvent> newer) {
    Set<EventId> ids = new HashSet<>();
    newer.forEach(event -> event.replaces().ifPresent(ids::add));
    return ids.isEmpty() ? Map.of() : events.events(ids);
  }
}
