package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stores that break the rules of the reads that have defaults: B4, S3 and S4. */
public final class BrokenSyncReads {
  public static final List<BrokenStore> ALL = List.of(
      ofStore(Rule.B4, "the newest are those of the greatest depth", NewestByDepth::new),
      ofStore(Rule.B4, "the newest are given in ascending order", NewestAscending::new),
      ofStore(Rule.B4, "the newest begin where the ranges end", NewestOfWholeRoom::new),
      ofStore(Rule.B4, "ignored senders use up the limit", IgnoredCount::new),
      ofStore(Rule.S3, "the beginning of an interval is in it", BeginningInside::new),
      ofStore(Rule.S3, "members that changed are missing", MembersMissing::new),
      ofStore(Rule.S3, "changes have the position of the beginning", PositionOfBeginning::new),
      ofStore(Rule.S3, "changes are those up to now", ChangesOfNow::new),
      ofStore(Rule.S4, "the banned are counted as joined", BannedAreJoined::new),
      ofStore(Rule.S4, "the first are those of the newest events", NewestFirst::new),
      ofStore(Rule.S4, "members are those of now", MembersOfNow::new));

  private BrokenSyncReads() {}

  private static final class NewestByDepth extends ReferenceEventStore {
    NewestByDepth(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
      Map<RoomId, List<StoredEvent>> newest = new HashMap<>(super.newest(due, 1_000));
      newest.replaceAll((room, events) -> events.stream()
          .sorted(Comparator.comparing(StoredEvent::point).reversed())
          .limit(limit)
          .toList());
      return newest;
    }
  }

  private static final class NewestAscending extends ReferenceEventStore {
    NewestAscending(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
      Map<RoomId, List<StoredEvent>> newest = new HashMap<>(super.newest(due, limit));
      newest.replaceAll((room, events) -> {
        List<StoredEvent> ascending = new ArrayList<>(events);
        Collections.reverse(ascending);
        return ascending;
      });
      return newest;
    }
  }

  private static final class NewestOfWholeRoom extends ReferenceEventStore {
    NewestOfWholeRoom(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
      Map<RoomId, Ranges> wide = new HashMap<>(due);
      wide.replaceAll((room, ranges) -> ranges.live().isEmpty()
          ? ranges
          : new Ranges(
              List.of(new Range(0, ranges.upTo())),
              ranges.upTo(),
              ranges.own(),
              ranges.backfill(),
              ranges.ignored()));
      return super.newest(wide, limit);
    }
  }

  private static final class IgnoredCount extends ReferenceEventStore {
    IgnoredCount(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit) {
      Map<RoomId, Ranges> ignoring = new HashMap<>(due);
      ignoring.replaceAll((room, ranges) ->
          new Ranges(ranges.live(), ranges.upTo(), ranges.own(), ranges.backfill(), Set.of()));
      Map<RoomId, List<StoredEvent>> newest = new HashMap<>(super.newest(ignoring, limit));
      newest.replaceAll((room, events) ->
          events.stream().filter(event -> due.get(room).includes(event)).toList());
      return newest;
    }
  }

  private static final class BeginningInside extends ReferenceEventStore {
    BeginningInside(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
      Map<RoomId, Range> wide = new HashMap<>(intervals);
      wide.replaceAll((room, range) -> new Range(Math.max(0, range.after() - 1), range.upTo()));
      return super.stateChanges(wide);
    }
  }

  private static final class MembersMissing extends ReferenceEventStore {
    MembersMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
      Map<RoomId, List<EntryChange>> changes = new HashMap<>(super.stateChanges(intervals));
      changes.replaceAll((room, all) ->
          all.stream().filter(change -> !change.type().equals("m.room.member")).toList());
      return changes;
    }
  }

  private static final class PositionOfBeginning extends ReferenceEventStore {
    PositionOfBeginning(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
      Map<RoomId, List<EntryChange>> changes = new HashMap<>(super.stateChanges(intervals));
      changes.replaceAll((room, all) -> all.stream()
          .map(change -> new EntryChange(
              intervals.get(room).after(), change.type(), change.stateKey(), change.event()))
          .toList());
      return changes;
    }
  }

  private static final class ChangesOfNow extends ReferenceEventStore {
    ChangesOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
      Map<RoomId, Range> longer = new HashMap<>(intervals);
      longer.replaceAll((room, range) -> new Range(range.after(), watermark()));
      return super.stateChanges(longer);
    }
  }

  private static final class BannedAreJoined extends ReferenceEventStore {
    BannedAreJoined(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
      Map<RoomId, RoomMembers> members = new HashMap<>(super.members(rooms, upTo, heroes));
      members.replaceAll((room, all) -> new RoomMembers(
          all.joined() + all.firstGone().size(),
          all.invited(),
          all.firstJoined(),
          all.firstInvited(),
          all.firstGone()));
      return members;
    }
  }

  private static final class NewestFirst extends ReferenceEventStore {
    NewestFirst(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
      Map<RoomId, RoomMembers> members = new HashMap<>(super.members(rooms, upTo, 1_000));
      members.replaceAll((room, all) -> {
        List<UserId> joined = new ArrayList<>(all.firstJoined());
        Collections.reverse(joined);
        return new RoomMembers(
            all.joined(),
            all.invited(),
            joined.stream().limit(heroes).toList(),
            all.firstInvited(),
            all.firstGone());
      });
      return members;
    }
  }

  private static final class MembersOfNow extends ReferenceEventStore {
    MembersOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, RoomMembers> members(Collection<RoomId> rooms, long upTo, int heroes) {
      return super.members(rooms, watermark(), heroes);
    }
  }
}
