package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads one event of a room, and those around it. May block. Thread-safe. */
public final class EventContexts {
  private final StreamFollowers followers;
  private final EventGate gate;
  private final PersonalUnsigned unsigned;
  private final EventCache events;
  private final HistoryWalk walk;
  private final StateReader states;
  private final InstantSource clock;

  public EventContexts(
      EngineContext context,
      StreamFollowers followers,
      EventGate gate,
      PersonalUnsigned unsigned,
      Caches caches) {
    this.followers = followers;
    this.gate = gate;
    this.unsigned = unsigned;
    this.events = caches.events();
    this.walk = new HistoryWalk(context.stores().events(), gate);
    this.states = new StateReader(context.stores().events(), gate);
    this.clock = context.clock();
  }

  /** Returns an event of a room; empty if the room has none such, or the user may not see it. */
  public Optional<ClientEvent> event(
      UserId user, RoomId room, EventId id, EventForm form, Optional<DeviceId> device) {
    long now = followers.currentRoom();
    return gate.find(user, id, now)
        .filter(shown -> shown.event().event().room().equals(room))
        .flatMap(shown -> unsigned.show(
            shown,
            new PersonalUnsigned.Audience(
                user, device, gate.ignored(user), now, clock.instant(), form)));
  }

  /** Returns an event of a room with those around it; empty as of {@link #event}. */
  public Optional<EventContext> context(
      UserId user, RoomId room, EventId id, ContextOptions options) {
    StreamToken end = followers.current();
    RoomView view = gate.viewUnlessForgotten(user, room, end.room());
    StoredEvent event = events.find(List.of(id)).get(id);
    Ranges visible = view.ranges();
    if (event == null || !event.event().room().equals(room) || !visible.includes(event)) {
      return Optional.empty();
    }
    PersonalUnsigned.Audience viewer = new PersonalUnsigned.Audience(
        user, options.device(), gate.ignored(user), end.room(), clock.instant(), options.form());
    return new Reading(view, visible, end, options, viewer).around(event);
  }

  /** The reads for one answer. Confined to one thread. */
  private final class Reading {
    private final RoomView view;
    private final Ranges visible;
    private final StreamToken end;
    private final ContextOptions options;
    private final PersonalUnsigned.Audience viewer;

    private Reading(
        RoomView view,
        Ranges visible,
        StreamToken end,
        ContextOptions options,
        PersonalUnsigned.Audience viewer) {
      this.view = view;
      this.visible = visible;
      this.end = end;
      this.options = options;
      this.viewer = viewer;
    }

    private Optional<EventContext> around(StoredEvent event) {
      int before = options.limit() / 2;
      HistoryWalk.Found older = walk(event, Direction.BACKWARD, before);
      HistoryWalk.Found newer = walk(event, Direction.FORWARD, options.limit() - before);
      List<StoredEvent> all = new ArrayList<>(older.kept());
      all.add(event);
      all.addAll(newer.kept());
      List<Optional<ClientEvent>> shown = unsigned.show(all, view, viewer);
      int middle = older.kept().size();
      return shown
          .get(middle)
          .map(middleOne -> new EventContext(
              middleOne,
              present(shown.subList(0, middle)),
              present(shown.subList(middle + 1, shown.size())),
              HistoryToken.before(older.last().orElse(event).point(), end),
              new HistoryToken(newer.last().orElse(event).point(), end),
              state(all)));
    }

    private HistoryWalk.Found walk(StoredEvent event, Direction direction, int limit) {
      RoomId room = event.event().room();
      HistorySlice slice = direction == Direction.FORWARD
          ? new HistorySlice(room, visible, event.point(), HistoryPoint.END)
          : new HistorySlice(room, visible, HistoryPoint.START, HistoryWalk.before(event.point()));
      return limit == 0
          ? new HistoryWalk.Found(List.of(), Optional.empty(), false)
          : walk.read(
              new HistoryWalk.Request(slice, Long.MIN_VALUE, direction, options.filter(), limit),
              view);
    }

    /** Returns the state at the newest event; under lazy loading only the members who sent one of the events. */
    private List<ClientEvent> state(List<StoredEvent> all) {
      StoredEvent newest = all.get(all.size() - 1);
      Predicate<RoomEvent> members = StateReader.membersOf(all);
      List<StoredEvent> entries = states.read(
          newest.event().room(),
          StateReader.positionAt(newest, visible.upTo()),
          entry -> !options.filter().lazyLoadMembers()
              || entry.subject().isEmpty()
              || members.test(entry));
      return states.show(entries, view, options.form(), viewer.now());
    }

    private static List<ClientEvent> present(List<Optional<ClientEvent>> shown) {
      return shown.stream().flatMap(Optional::stream).toList();
    }
  }
}
