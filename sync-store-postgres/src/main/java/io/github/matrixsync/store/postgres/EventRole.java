package io.github.matrixsync.store.postgres;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.append.Appender;
import io.github.matrixsync.store.postgres.internal.purge.Purge;
import io.github.matrixsync.store.postgres.internal.read.EventReads;
import io.github.matrixsync.store.postgres.internal.read.HistoryReads;
import io.github.matrixsync.store.postgres.internal.read.NewestReads;
import io.github.matrixsync.store.postgres.internal.read.RelationReads;
import io.github.matrixsync.store.postgres.internal.read.StateReads;
import io.github.matrixsync.store.postgres.internal.read.SummaryReads;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.stream.Watermark;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The events of a {@link PostgresStore}: checks arguments, and keeps the watermark. Thread-safe. */
final class EventRole implements PostgresEventStore {
  private final Watermark watermark;
  private final Heads heads;
  private final Hints hints;
  private final Appender appender;
  private final Purge purge;
  private final EventReads events;
  private final StateReads states;
  private final HistoryReads histories;
  private final NewestReads newest;
  private final SummaryReads summaries;
  private final RelationReads relations;
  private final AtomicBoolean closed = new AtomicBoolean();

  EventRole(Database database, Schema schema, Heads heads, Hints hints) {
    this.heads = heads;
    this.hints = hints;
    watermark = heads.watermark(StreamNumber.EVENTS);
    appender = new Appender(database, schema);
    purge = new Purge(database, schema);
    events = new EventReads(database, schema);
    states = new StateReads(database, schema);
    histories = new HistoryReads(database, schema);
    newest = new NewestReads(database, schema);
    summaries = new SummaryReads(database, schema);
    relations = new RelationReads(database, schema);
  }

  @Override
  public long watermark() {
    requireOpen();
    return watermark.position();
  }

  @Override
  public long refresh() {
    requireOpen();
    heads.look();
    return watermark.position();
  }

  @Override
  public long retainedAfter() {
    requireOpen();
    return watermark.retainedAfter();
  }

  @Override
  public long backfilledTo() {
    requireOpen();
    return heads.backfilledTo();
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    requireOpen();
    return watermark.onAdvance(listener);
  }

  @Override
  public List<Long> append(List<Append> batch) {
    requireOpen();
    List<Append> appends = List.copyOf(batch);
    if (appends.isEmpty()) {
      return List.of();
    }
    Appender.Stored stored = appender.append(appends);
    heads.backfilledTo(stored.backfill());
    watermark.advanceTo(stored.head());
    hints.send(StreamNumber.EVENTS, stored.head() - stored.backfill());
    return stored.positions();
  }

  @Override
  public List<Long> append(Connection connection, List<Append> batch) {
    requireOpen();
    List<Append> appends = List.copyOf(batch);
    return appends.isEmpty() ? List.of() : appender.append(connection, appends);
  }

  @Override
  public void committed() {
    refresh();
    hints.send();
  }

  @Override
  public void purge(long through) {
    requireReached(through);
    purge.through(through, () -> watermark.retain(through));
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    if (upTo < backfilledTo() || upTo > after || after > 0) {
      throw new IllegalArgumentException(
          "no backfill stands below " + after + " down to " + upTo + ", given " + backfilledTo());
    }
    return events.backfill(after, upTo);
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    requireReached(upTo);
    requireLimit(limit);
    if (after > upTo) {
      throw new IllegalArgumentException("no positions lie in (" + after + ", " + upTo + "]");
    }
    return events.log(interest, after, upTo, limit);
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    requireOpen();
    return ids.isEmpty() ? Map.of() : events.events(ids, watermark.position());
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    requireOpen();
    upTo.values().forEach(this::requireReached);
    return upTo.isEmpty() ? Map.of() : states.state(new HashMap<>(upTo));
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    return memberships(List.of(user), upTo).getOrDefault(user, Map.of());
  }

  @Override
  public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    requireReached(upTo);
    return users.isEmpty() ? Map.of() : states.memberships(users, upTo);
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    requireReached(upTo);
    return rooms.isEmpty() ? Map.of() : states.joinedMembers(rooms, upTo);
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    requireReached(upTo);
    return rooms.isEmpty() ? Map.of() : states.timelines(viewer, rooms, upTo);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    requireOpen();
    requireLimit(limit);
    return visible.isEmpty() ? Map.of() : histories.latest(visible, limit, watermark.position());
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    requireOpen();
    requireLimit(limit);
    return histories.history(slice, direction, limit, watermark.position());
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    requireOpen();
    return histories.pointAt(room, Math.min(position, watermark.position()));
  }

  @Override
  public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
    requireOpen();
    requireLimit(limit);
    return due.isEmpty() ? Map.of() : newest.newest(due, limit, watermark.position());
  }

  @Override
  public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
    requireOpen();
    intervals.values().forEach(interval -> requireReached(interval.upTo()));
    return intervals.isEmpty() ? Map.of() : summaries.stateChanges(Map.copyOf(intervals));
  }

  @Override
  public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
    requireReached(upTo);
    if (heroes < 0) {
      throw new IllegalArgumentException("a number of users must be at least 0, got " + heroes);
    }
    return rooms.isEmpty() ? Map.of() : summaries.members(rooms, upTo, heroes);
  }

  @Override
  public Map<EventId, List<Child>> children(
      Collection<EventId> parents, String relType, int limit) {
    requireOpen();
    requireLimit(limit);
    return parents.isEmpty() ? Map.of() : relations.children(everything(), parents, relType, limit);
  }

  @Override
  public Map<EventId, ThreadSummary> threads(
      Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
    requireOpen();
    return roots.isEmpty() ? Map.of() : relations.threads(everything(), roots, viewer, ignored);
  }

  @Override
  public Map<RoomId, Long> lastGap(Map<RoomId, Range> ranges) {
    requireOpen();
    ranges.values().forEach(range -> requireReached(range.upTo()));
    return ranges.isEmpty() ? Map.of() : summaries.lastGap(Map.copyOf(ranges));
  }

  /** Returns the bounds of a read of everything that this node knows of, including backfill. */
  private ProvenRead.Bounds everything() {
    return new ProvenRead.Bounds(Long.MAX_VALUE, watermark.position(), heads.backfilledTo());
  }

  /** Refuses every later call. */
  void close() {
    closed.set(true);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private void requireReached(long upTo) {
    if (upTo > watermark()) {
      throw new IllegalArgumentException(
          "a position must be at most the watermark " + watermark.position() + ", got " + upTo);
    }
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
  }
}
