package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Selects the timelines of an answer's rooms: the newest events that are new and that the filter wants, or the end of
 * the history. From the window where it reaches back far enough, else all rooms together from the store. Thread-safe.
 */
final class RoomTimelines {
  private final EventGate gate;
  private final @Nullable TimelineGaps gaps;
  private final int budget;

  /**
   * Creates the selection.
   *
   * @param gaps where rooms have gaps; null: nowhere
   * @param budget the most events of a room that are examined for one answer
   */
  RoomTimelines(EventGate gate, @Nullable TimelineGaps gaps, int budget) {
    this.gate = gate;
    this.gaps = gaps;
    this.budget = budget;
  }

  /** What is wanted of each timeline. */
  private record Wish(ViewerContext viewer, RoomEventFilter filter, int limit) {
    /**
     * Returns whether an event belongs in the timeline.
     *
     * @param shown the event as the viewer gets it, to which the filter is applied
     */
    boolean wants(StoredEvent stored, StoredEvent shown, RoomScope scope) {
      return stored.kind() != EventKind.OUTLIER
          && !isAfterDeparture(stored, scope)
          && !Ranges.ignores(viewer.user(), viewer.ignored(), stored.event())
          && filter.matches(shown);
    }

    /**
     * Returns whether an event ended the viewer's membership although it is neither by nor about the viewer. The viewer
     * was then no longer in the room when the event was sent.
     */
    private boolean isAfterDeparture(StoredEvent stored, RoomScope scope) {
      return scope.isLeft()
          && !scope.isHistory()
          && stored.position() == scope.upTo()
          && !stored.event().isAbout(viewer.user())
          && !stored.event().sender().equals(viewer.user());
    }

    boolean includesRoom(RoomId room) {
      return !filter.acceptsNothing() && filter.includes(room);
    }
  }

  /** Sets the timelines of the drafts. */
  void fill(Collection<RoomDraft> drafts, ViewerContext viewer, int limit, StoreReads reads) {
    Wish wish = new Wish(viewer, viewer.filter().room().timeline(), limit);
    List<RoomDraft> stored = new ArrayList<>();
    for (RoomDraft draft : drafts) {
      List<WindowEntry> entries = draft.scope.entries();
      if (entries != null) {
        fromWindow(draft, entries, wish);
      } else if (wish.includesRoom(draft.room())) {
        stored.add(draft);
      }
    }
    fromStore(stored, wish, reads);
    cutAtGaps(drafts, reads);
    for (RoomDraft draft : drafts) {
      addDeparture(draft, wish, reads);
      finish(draft, viewer, reads);
    }
  }

  private void fromWindow(RoomDraft draft, List<WindowEntry> entries, Wish wish) {
    Tail tail = new Tail(wish, draft.scope, budget, UnaryOperator.identity());
    if (wish.includesRoom(draft.room())) {
      for (int i = entries.size() - 1; i >= 0 && !tail.isFull(); i--) {
        tail.examine(TimelineEvent.of(entries.get(i)));
      }
    }
    draft.setTimeline(tail.events(), tail.isCut());
  }

  private void fromStore(List<RoomDraft> drafts, Wish wish, StoreReads reads) {
    Map<RoomId, Tail> tails = new HashMap<>();
    List<RoomDraft> news = new ArrayList<>();
    List<RoomDraft> histories = new ArrayList<>();
    for (RoomDraft draft : drafts) {
      tails.put(draft.room(), new Tail(wish, draft.scope, budget, UnaryOperator.identity()));
      if (draft.scope.after() < draft.scope.upTo()) {
        (draft.scope.isHistory() ? histories : news).add(draft);
      }
    }
    readNews(news, tails, wish, reads);
    readHistories(histories, tails, wish, reads);
    drafts.forEach(draft -> {
      Tail tail = BatchAnswers.answer(tails, draft.room());
      draft.setTimeline(tail.events(), tail.isCut());
    });
  }

  /** Reads what is new by position, in rounds: rooms whose events the filter leaves out are read on. */
  private void readNews(
      List<RoomDraft> drafts, Map<RoomId, Tail> tails, Wish wish, StoreReads reads) {
    Map<RoomId, Range> left = new HashMap<>();
    drafts.forEach(
        draft -> left.put(draft.room(), new Range(draft.scope.after(), draft.scope.upTo())));
    for (int size = wish.limit() + 1; !left.isEmpty(); size = grown(size)) {
      Map<RoomId, Ranges> due = new HashMap<>();
      left.forEach((room, range) -> due.put(room, ranges(range, wish)));
      Map<RoomId, List<StoredEvent>> read = counted(reads.events().newest(due, size), reads);
      for (RoomId room : Set.copyOf(left.keySet())) {
        List<StoredEvent> events = BatchAnswers.answer(read, room);
        Tail tail = BatchAnswers.answer(tails, room);
        long after = BatchAnswers.answer(left, room).after();
        events.forEach(event -> tail.examine(TimelineEvent.of(event)));
        long lowest = events.isEmpty() ? 0 : events.get(events.size() - 1).position();
        if (events.size() < size || tail.isFull() || lowest - 1 <= after) {
          left.remove(room);
        } else {
          left.put(room, new Range(after, lowest - 1));
        }
      }
    }
  }

  private static Ranges ranges(Range range, Wish wish) {
    return new Ranges(
        List.of(range),
        range.upTo(),
        Optional.of(wish.viewer().user()),
        Set.of(),
        wish.viewer().ignored());
  }

  /** Reads the ends of histories, in rounds: rooms whose events the filter leaves out are read anew, with more. */
  private void readHistories(
      List<RoomDraft> drafts, Map<RoomId, Tail> tails, Wish wish, StoreReads reads) {
    Map<RoomId, Ranges> left = new HashMap<>();
    drafts.forEach(draft -> left.put(
        draft.room(),
        Objects.requireNonNull(draft.scope.view(), "view")
            .ignoring(wish.viewer().ignored())
            .ranges(draft.scope.upTo())));
    for (int size = wish.limit() + 1; !left.isEmpty(); size = grown(size)) {
      Map<RoomId, List<StoredEvent>> read = counted(reads.events().latest(left, size), reads);
      for (RoomId room : Set.copyOf(left.keySet())) {
        List<StoredEvent> events = BatchAnswers.answer(read, room);
        RoomScope scope = BatchAnswers.answer(tails, room).scope;
        Tail tail = new Tail(wish, scope, budget, shown(events, scope, wish));
        for (int i = events.size() - 1; i >= 0; i--) {
          tail.examine(TimelineEvent.of(events.get(i)));
        }
        tails.put(room, tail);
        if (events.size() < size || tail.isFull()) {
          left.remove(room);
        } else if (size == budget) {
          tail.end();
          left.remove(room);
        }
      }
    }
  }

  /**
   * Returns a function that shows events as the viewer gets them; without a filter on content it returns them
   * unchanged.
   */
  private UnaryOperator<StoredEvent> shown(List<StoredEvent> events, RoomScope scope, Wish wish) {
    RoomView view = scope.view();
    if (view == null || wish.filter().containsUrl().isEmpty()) {
      return UnaryOperator.identity();
    }
    EventGate.Showing showing = gate.showing(wish.viewer().form(), events);
    return event -> showing.shown(event, view);
  }

  /** Returns the given events, after counting their bytes. */
  private static Map<RoomId, List<StoredEvent>> counted(
      Map<RoomId, List<StoredEvent>> read, StoreReads reads) {
    read.values().forEach(events -> reads.count(EncodedEvents.bytesOf(events)));
    return read;
  }

  private int grown(int size) {
    return Math.min(size * 8, budget);
  }

  /** Lets timelines begin behind the last gap, before which events are missing. */
  private void cutAtGaps(Collection<RoomDraft> drafts, StoreReads reads) {
    if (gaps == null) {
      return;
    }
    Map<RoomId, Range> ranges = new HashMap<>();
    for (RoomDraft draft : drafts) {
      if (!draft.scope.isHistory() && draft.scope.after() < draft.scope.upTo()) {
        ranges.put(draft.room(), new Range(draft.scope.after(), draft.scope.upTo()));
      }
    }
    if (ranges.isEmpty()) {
      return;
    }
    reads.require();
    Map<RoomId, Long> last = gaps.lastGap(ranges);
    for (RoomDraft draft : drafts) {
      Long gap = last.get(draft.room());
      if (gap != null) {
        draft.timeline.removeIf(event -> event.position() < gap);
        draft.limited = true;
      }
    }
  }

  /** Adds the viewer's departure at the end of the timeline of a room that was left, whatever its depth. */
  private static void addDeparture(RoomDraft draft, Wish wish, StoreReads reads) {
    RoomScope scope = draft.scope;
    if (!scope.isLeft() || !scope.isHistory() || wish.limit() == 0 || scope.view() == null) {
      return;
    }
    boolean isThere = draft.timeline.stream().anyMatch(event -> event.position() == scope.upTo());
    scope.view().memberChanges().stream()
        .filter(change -> change.position() == scope.upTo())
        .flatMap(change -> change.event().stream())
        .findFirst()
        .filter(id -> !isThere)
        .map(id -> reads.events().events(List.of(id)).get(id))
        .filter(event -> event.position() == scope.upTo() && wish.wants(event, event, scope))
        .ifPresent(event -> {
          if (draft.timeline.size() == wish.limit()) {
            draft.timeline.remove(0);
            draft.limited = true;
          }
          draft.timeline.add(TimelineEvent.of(event));
        });
  }

  private static void finish(RoomDraft draft, ViewerContext viewer, StoreReads reads) {
    RoomScope scope = draft.scope;
    boolean mayLack =
        !scope.isHistory() && scope.entries() == null && reads.isPurgedAfter(scope.after());
    draft.limited |= scope.isNew() || mayLack;
    if (draft.timeline.isEmpty()) {
      draft.previousBatch = viewer.end();
    } else if (draft.scope.isHistory()) {
      draft.previousBatch =
          HistoryToken.before(draft.timeline.get(0).stored().point(), viewer.end());
    } else {
      draft.previousBatch = viewer.end().withRoom(draft.timeline.get(0).position() - 1);
    }
  }

  /** The end of one timeline, filled from its last event on. Confined to one thread. */
  private static final class Tail {
    private final Wish wish;
    private final RoomScope scope;
    private final int budget;
    private final UnaryOperator<StoredEvent> shown;
    private final Deque<TimelineEvent> events = new ArrayDeque<>();
    private int examined;
    private boolean cut;

    private Tail(Wish wish, RoomScope scope, int budget, UnaryOperator<StoredEvent> shown) {
      this.shown = shown;
      this.wish = wish;
      this.scope = scope;
      this.budget = budget;
    }

    /** Takes the event before those that were examined. */
    private void examine(TimelineEvent event) {
      if (isFull()) {
        return;
      }
      examined++;
      if (wish.wants(event.stored(), shown.apply(event.stored()), scope)) {
        if (events.size() == wish.limit()) {
          cut = true;
        } else {
          events.addFirst(event);
        }
      } else if (examined >= budget) {
        cut = true;
      }
    }

    /** Ends it here, although there is more. */
    private void end() {
      cut = true;
    }

    /** Returns whether no event before is taken any more. */
    private boolean isFull() {
      return cut;
    }

    private boolean isCut() {
      return cut;
    }

    private List<TimelineEvent> events() {
      return new ArrayList<>(events);
    }
  }
}
