package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.RoomListCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.timeline.TimelineGaps;
import io.github.matrixsync.sync.RoomSummary;
import io.github.matrixsync.sync.Timeline;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells a viewer parts of rooms: of each room the timeline, the state that the client lacks, and a summary. All rooms
 * are read together, in a constant number of store calls. Thread-safe.
 */
public final class RoomParts {
  private final RoomTimelines timelines;
  private final RoomStates states;
  private final RoomSummaries summaries;
  private final RoomListCache lists;
  private final DraftEncoder encoder;

  /**
   * Creates the parts.
   *
   * @param gaps where rooms have gaps; null: nowhere
   * @param examined the maximum number of events of a room that are examined for one answer
   */
  public RoomParts(EventGate gate, Caches caches, @Nullable TimelineGaps gaps, int examined) {
    EventCache events = caches.events();
    timelines = new RoomTimelines(gate, gaps, examined);
    states = new RoomStates(events);
    summaries = new RoomSummaries(caches);
    lists = caches.lists();
    encoder = new DraftEncoder(gate, events);
  }

  /**
   * What is told of one room.
   *
   * @param scope which part it is
   * @param timeline its events
   * @param state the state that the client lacks
   * @param summary the summary, if it changed
   */
  public record Part(
      RoomScope scope, Timeline timeline, List<ClientEvent> state, Optional<RoomSummary> summary) {
    /** Returns the part of a joined room in which nothing happened up to a token. */
    public static Part nothing(RoomId room, StreamToken end) {
      return new Part(
          RoomScope.inWindow(room, end.room(), end.room(), List.of()),
          new Timeline(List.of(), false, Optional.of(end)),
          List.of(),
          Optional.empty());
    }
  }

  /**
   * The parts of an answer, and whose member entries are in them.
   *
   * @param byRoom the parts
   * @param members the users whose member entries are told, by room, if members are loaded lazily
   */
  public record Told(Map<RoomId, Part> byRoom, Map<RoomId, Set<UserId>> members) {}

  /**
   * Tells parts of rooms.
   *
   * @param scopes which parts
   * @param limit the most events of a timeline
   * @param known whether a lazily loading client has been told a member of a room
   */
  public Told tell(
      Collection<RoomScope> scopes,
      ViewerContext viewer,
      int limit,
      BiPredicate<RoomId, UserId> known,
      StoreReads reads) {
    List<RoomDraft> drafts = scopes.stream().map(RoomDraft::new).toList();
    timelines.fill(drafts, viewer, limit, reads);
    Map<RoomId, RoomState> atEnd = new HashMap<>();
    if (!viewer.stateMode().isAfter()) {
      List<RoomDraft> histories =
          drafts.stream().filter(draft -> draft.scope.isHistory()).toList();
      readStates(histories, atEnd, viewer, reads);
      states.cutAtHiddenChanges(histories, atEnd, viewer);
    }
    states.fillChanged(drafts, viewer, reads);
    if (viewer.isLazy()) {
      LazyMembers.addNeeded(drafts, viewer, reads);
    }
    List<RoomDraft> summarized = summaries.wanting(drafts);
    List<RoomDraft> whole =
        drafts.stream().filter(draft -> draft.scope.allState()).toList();
    readStates(summarized, atEnd, viewer, reads);
    readStates(whole, atEnd, viewer, reads);
    summaries.fill(summarized, atEnd, viewer, reads);
    whole.forEach(
        draft -> RoomStates.fillAll(draft, BatchAnswers.answer(atEnd, draft.room()), viewer));
    if (viewer.isLazy()) {
      List<RoomDraft> lacking = LazyMembers.lacking(drafts, viewer, known);
      readStates(lacking, atEnd, viewer, reads);
      LazyMembers.addLacking(lacking, atEnd);
    }
    if (!viewer.stateMode().isAfter()) {
      states.rollBack(whole, reads);
    }
    Map<RoomId, DraftEncoder.Encoded> encoded = encoder.encode(drafts, atEnd, viewer, reads);
    Map<RoomId, Part> parts = new TreeMap<>();
    for (RoomDraft draft : drafts) {
      DraftEncoder.Encoded shown = BatchAnswers.answer(encoded, draft.room());
      Timeline timeline =
          new Timeline(shown.timeline(), draft.limited, Optional.ofNullable(draft.previousBatch));
      parts.put(draft.room(), new Part(draft.scope, timeline, shown.state(), draft.summary));
    }
    return new Told(parts, viewer.isLazy() ? LazyMembers.told(drafts) : Map.of());
  }

  /** Reads the states of rooms as of the end of what is told of them, if they are not among those that are read. */
  private void readStates(
      Collection<RoomDraft> drafts,
      Map<RoomId, RoomState> read,
      ViewerContext viewer,
      StoreReads reads) {
    Map<RoomId, OptionalLong> departures = new HashMap<>();
    for (RoomDraft draft : drafts) {
      if (!read.containsKey(draft.room())) {
        departures.put(
            draft.room(),
            draft.scope.isLeft() ? OptionalLong.of(draft.scope.upTo()) : OptionalLong.empty());
      }
    }
    if (!departures.isEmpty()) {
      reads.require();
      lists.states(departures, viewer.end().room(), viewer.form()).forEach((room, list) -> {
        reads.count(list.events().weight());
        read.put(room, new RoomState(list));
      });
    }
  }
}
