package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.TimelineCache;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Selects the room events of a look by reading the store page by page. May block. Thread-safe. */
public final class LogReads {
  private static final int PAGE = 1_000;

  private final EventStore events;
  private final Window window;
  private final EventGate gate;
  private final TimelineCache timelines;

  public LogReads(EventStore events, Window window, EventGate gate, TimelineCache timelines) {
    this.events = events;
    this.window = window;
    this.gate = gate;
    this.timelines = timelines;
  }

  /** Returns the room events for a user. */
  RoomPart ofUser(LookRequest look) {
    UserId user = look.reader().user();
    Set<UserId> ignored = look.reader().settings().ignored();
    return read(look, Interest.of(user), (after, page) -> {
      Map<RoomId, RoomView> views = views(user, page);
      return new PageFilter(
          event -> BatchAnswers.answer(views, event.event().room()),
          (event, view) -> view.joinedAt(event.position()),
          (event, joined) -> DeliveryRule.isDue(event, user, joined, ignored));
    });
  }

  /** Returns the events of one room for a user who is in it or peeks. */
  RoomPart ofRoom(LookRequest look, RoomId room, RoomView roomView) {
    UserId user = look.reader().user();
    Set<UserId> ignored = look.reader().settings().ignored();
    return read(
        look,
        Interest.of(room),
        (after, page) -> new PageFilter(
            event -> roomView,
            (event, view) -> event.event().room().equals(room) && isOpen(event, view),
            (event, open) -> event.event().room().equals(room)
                && DeliveryRule.isDue(event, user, open, ignored)));
  }

  private static boolean isOpen(StoredEvent event, RoomView view) {
    return view.joinedAt(event.position()) || view.worldReadableAround(event.position());
  }

  /**
   * Decides which events of one page are returned.
   *
   * @param views returns what may be seen of an event's room
   * @param isInside whether the reader is in the room at an event, or peeks at it, or has an interest in it
   * @param isDue whether an event is returned, given the result of {@code isInside}
   */
  public record PageFilter(
      Function<StoredEvent, RoomView> views,
      BiPredicate<StoredEvent, RoomView> isInside,
      BiPredicate<StoredEvent, Boolean> isDue) {
    /**
     * Returns the first events of a page that are due, at most {@code limit}, and adds to {@code moving} the joins and
     * leaves among the others.
     */
    List<StoredEvent> choose(LogPage page, int limit, List<StoredEvent> moving) {
      List<StoredEvent> chosen = new ArrayList<>();
      for (StoredEvent event : page.events()) {
        if (chosen.size() == limit) {
          break;
        }
        boolean inside = isInside.test(event, views.apply(event));
        if (isDue.test(event, inside)) {
          chosen.add(event);
        } else if (inside && JoinsAndLeaves.areIn(event)) {
          moving.add(event);
        }
      }
      return chosen;
    }
  }

  /** Creates the filter for a page that was read after a position. */
  public interface PageFilters {
    PageFilter of(long after, LogPage page);
  }

  /** Reads the log and returns the events that the filters select. */
  public RoomPart read(LookRequest look, Interest interest, PageFilters filters) {
    window.missed();
    List<RoomPart.Due> due = new ArrayList<>();
    List<StoredEvent> moving = new ArrayList<>();
    int shown = 0;
    long at = look.after();
    try {
      while (at < look.upTo()) {
        LogPage page = events.log(interest, at, look.upTo(), PAGE);
        if (page.through() <= at) {
          throw new IllegalStateException("the store made no progress after " + at);
        }
        PageFilter filter = filters.of(at, page);
        int wanted = look.limit() - shown;
        List<StoredEvent> chosen = filter.choose(page, wanted, moving);
        List<RoomPart.Due> more = encode(chosen, look.form(), filter);
        due.addAll(more);
        shown +=
            (int) more.stream().filter(event -> event.encoded().isPresent()).count();
        at = chosen.size() == wanted ? chosen.get(chosen.size() - 1).position() : page.through();
        if (shown == look.limit()) {
          return new RoomPart(due, moving, at);
        }
      }
    } catch (ExpiredPositionException e) {
      throw EngineErrors.tokenExpired(e.after(), e.retainedAfter());
    }
    return new RoomPart(due, moving, look.upTo());
  }

  private List<RoomPart.Due> encode(List<StoredEvent> chosen, EventForm form, PageFilter filter) {
    List<Optional<EncodedEvent>> encoded = gate.encode(chosen, form, filter.views());
    List<RoomPart.Due> due = new ArrayList<>(chosen.size());
    for (int i = 0; i < chosen.size(); i++) {
      due.add(new RoomPart.Due(chosen.get(i), encoded.get(i)));
    }
    return due;
  }

  private Map<RoomId, RoomView> views(UserId user, LogPage page) {
    Set<RoomId> rooms = new HashSet<>();
    page.events().forEach(event -> rooms.add(event.event().room()));
    Map<RoomId, RoomView> views = new HashMap<>();
    timelines
        .find(user, rooms, page.through())
        .forEach((room, lines) -> views.put(room, RoomView.of(user, lines, page.through())));
    return views;
  }
}
