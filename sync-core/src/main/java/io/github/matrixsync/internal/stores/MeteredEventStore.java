package io.github.matrixsync.internal.stores;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decorates the host's event store: counts and times every call that may do I/O, and passes the others on. Thread-safe.
 */
final class MeteredEventStore implements EventStore {
  private final EventStore store;
  private final CallMeter refresh;
  private final CallMeter log;
  private final CallMeter events;
  private final CallMeter state;
  private final CallMeter memberships;
  private final CallMeter joinedMembers;
  private final CallMeter timelines;
  private final CallMeter latest;
  private final CallMeter history;
  private final CallMeter pointAt;
  private final CallMeter backfill;

  MeteredEventStore(EventStore store, CallMeters calls) {
    this.store = store;
    refresh = calls.add("events.refresh");
    log = calls.add("events.log");
    events = calls.add("events.events");
    state = calls.add("events.state");
    memberships = calls.add("events.memberships");
    joinedMembers = calls.add("events.joinedMembers");
    timelines = calls.add("events.timelines");
    latest = calls.add("events.latest");
    history = calls.add("events.history");
    pointAt = calls.add("events.pointAt");
    backfill = calls.add("events.backfill");
  }

  @Override
  public long watermark() {
    return store.watermark();
  }

  @Override
  public long backfilledTo() {
    return store.backfilledTo();
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return backfill.time(() -> store.backfill(after, upTo));
  }

  @Override
  public long retainedAfter() {
    return store.retainedAfter();
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return store.onAdvance(listener);
  }

  @Override
  public long refresh() {
    return refresh.time(store::refresh);
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    return log.time(() -> store.log(interest, after, upTo, limit));
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return events.time(() -> store.events(ids));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    return state.time(() -> store.state(upTo));
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    return memberships.time(() -> store.memberships(user, upTo));
  }

  @Override
  public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    return memberships.time(() -> store.memberships(users, upTo));
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    return joinedMembers.time(() -> store.joinedMembers(rooms, upTo));
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    return timelines.time(() -> store.timelines(viewer, rooms, upTo));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    return latest.time(() -> store.latest(visible, limit));
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    return history.time(() -> store.history(slice, direction, limit));
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return pointAt.time(() -> store.pointAt(room, position));
  }
}
