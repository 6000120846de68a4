package io.github.matrixsync.internal.due;

import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.Erasure;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.keep.KeptTimelines;
import io.github.matrixsync.internal.log.Entry;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.ServicePart;
import io.github.matrixsync.internal.log.StreamLaw;
import io.github.matrixsync.internal.log.Turnover;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.role.SetReads;
import io.github.matrixsync.internal.roster.Look;
import io.github.matrixsync.internal.roster.Reader;
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
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Finds the room events that are due to a poll: in the window if it reaches back far enough, else in the store, page by
 * page. Thread-safe.
 */
public final class RoomReads {
  private static final int PAGE = 1_000;

  private final EventStore events;
  private final Window window;
  private final Gate gate;
  private final KeptTimelines timelines;
  private final Erasures erasures;
  private final ServiceRooms serviceRooms;

  public RoomReads(
      EventStore events,
      Window window,
      Gate gate,
      KeptTimelines timelines,
      Erasures erasures,
      ServiceRooms serviceRooms) {
    this.events = events;
    this.window = window;
    this.gate = gate;
    this.timelines = timelines;
    this.erasures = erasures;
    this.serviceRooms = serviceRooms;
  }

  /** Returns whether the window reaches back to {@code after}. */
  public boolean isInWindow(long after) {
    return window.after() <= after;
  }

  /**
   * Returns what is due, from the window if it reaches back far enough and nothing in the answer may have been erased,
   * else from the store.
   *
   * @param mayBlock whether the store may be read; if not, the answer is empty when it must be
   */
  public Optional<RoomPart> find(Look look, boolean mayBlock) {
    Optional<Found> found = inWindow(look);
    Optional<RoomPart> part = found.flatMap(some -> unlessErased(look, some, mayBlock));
    return part.isEmpty() && mayBlock ? Optional.of(fromStore(look)) : part;
  }

  private Optional<RoomPart> unlessErased(Look look, Found found, boolean mayBlock) {
    Optional<Erasure> erasure = erasures.known(found.senders());
    if (erasure.isEmpty() && mayBlock) {
      erasure = Optional.of(erasures.read(found.senders()));
    }
    Optional<RoomPart> part = erasure.filter(Erasure::isNone).flatMap(none -> part(look, found));
    part.ifPresent(some -> window.hit());
    return part;
  }

  /**
   * What a look found in the window.
   *
   * @param due what is due
   * @param moving what is not and moved somebody into one of the reader's rooms or out of it
   * @param senders those whose erasure may change how what is due looks to the reader
   */
  private record Found(List<Entry> due, List<StoredEvent> moving, Set<UserId> senders) {
    void add(Entry entry, boolean joined) {
      due.add(entry);
      entry.replaced().ifPresent(replaced -> Erasure.addSenders(replaced, senders));
      if (!joined || entry.stored().redaction().isPresent()) {
        Erasure.addSenders(entry.stored(), senders);
      }
    }
  }

  /**
   * Returns what is due, at most {@code limit}; empty if the window does not reach back, or where the reader was
   * joined is not known any more. Does no I/O.
   */
  private Optional<Found> inWindow(Look look) {
    Window.View view = window.view();
    if (view.after() > look.after()) {
      return Optional.empty();
    }
    Optional<Found> found = look.reader().ifLoaded(() -> find(look, view));
    return isInWindow(look.after()) ? found : Optional.empty();
  }

  private static Found find(Look look, Window.View view) {
    Reader reader = look.reader();
    Set<UserId> ignored = reader.preferences().ignored();
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
    for (int i = view.indexAfter(look.after()); i < view.end(); i++) {
      Entry entry = view.entry(i);
      if (entry.position() > look.upTo() || found.due().size() == look.limit()) {
        break;
      }
      boolean joined = reader.joinedAt(entry.stored().event().room(), entry.position());
      if (StreamLaw.isDue(entry.stored(), reader.user(), joined, ignored)) {
        found.add(entry, joined);
      } else if (joined && Turnover.isIn(entry.stored())) {
        found.moving().add(entry.stored());
      }
    }
    return found;
  }

  /** Returns the part that is found; empty if it would end early although all of it is damaged. */
  private Optional<RoomPart> part(Look look, Found found) {
    List<Entry> entries = found.due();
    List<RoomPart.Due> due = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      due.add(new RoomPart.Due(entry.stored(), gate.encode(entry, look.form())));
    }
    boolean cut = due.size() == look.limit();
    long through = cut ? entries.get(due.size() - 1).position() : look.upTo();
    RoomPart part = new RoomPart(due, found.moving(), through);
    return cut && !part.isShown() ? Optional.empty() : Optional.of(part);
  }

  /** Returns what is due, from the store. May block. */
  private RoomPart fromStore(Look look) {
    UserId user = look.reader().user();
    Set<UserId> ignored = look.reader().preferences().ignored();
    return read(look, Interest.of(user), (after, page) -> {
      Map<RoomId, RoomView> views = views(user, page);
      return new Law(
          event -> SetReads.answer(views, event.event().room()),
          (event, view) -> view.joinedAt(event.position()),
          (event, joined) -> StreamLaw.isDue(event, user, joined, ignored));
    });
  }

  /** Returns what is due in one room to a user who is in it or peeks. May block. */
  public RoomPart inRoom(Look look, RoomId room) {
    UserId user = look.reader().user();
    Set<UserId> ignored = look.reader().preferences().ignored();
    RoomView roomView = viewOf(user, room, look.upTo());
    return read(
        look,
        Interest.of(room),
        (after, page) -> new Law(
            event -> roomView,
            (event, view) -> event.event().room().equals(room) && isOpen(event, view),
            (event, open) ->
                event.event().room().equals(room) && StreamLaw.isDue(event, user, open, ignored)));
  }

  private static boolean isOpen(StoredEvent event, RoomView view) {
    return view.joinedAt(event.position()) || view.worldReadableAround(event.position());
  }

  /** Returns whether a user is in a room, or everybody may read it, as of {@code position}. May block. */
  public boolean isReadable(UserId user, RoomId room, long position) {
    RoomView view = viewOf(user, room, position);
    return view.joinedAt(position)
        || view.visibilityAt(position) == HistoryVisibility.WORLD_READABLE;
  }

  private RoomView viewOf(UserId user, RoomId room, long asOf) {
    Timelines lines = SetReads.answer(timelines.find(user, List.of(room), asOf), room);
    return RoomView.of(user, lines, asOf);
  }

  /**
   * What decides about the events of one page.
   *
   * @param views what may be seen of the room of an event
   * @param isInside whether the one who asks is in the room at an event, or peeks at it, or is interested
   * @param isDue whether an event is due, by whether they are
   */
  private record Law(
      Function<StoredEvent, RoomView> views,
      BiPredicate<StoredEvent, RoomView> isInside,
      BiPredicate<StoredEvent, Boolean> isDue) {
    /**
     * Returns the first events of a page that are due, at most {@code limit}, and adds those that are not, but moved
     * somebody.
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
        } else if (inside && Turnover.isIn(event)) {
          moving.add(event);
        }
      }
      return chosen;
    }
  }

  /**
   * Returns what is due to an application service, from the window if that serves, else from the store.
   *
   * @param mayBlock whether the store may be read; if not, the answer is empty when it must be
   */
  public Optional<ServicePart> ofService(Look look, ServiceReader service, boolean mayBlock) {
    Optional<ServiceReader.Found> inWindow = serviceRooms.inWindow(look, service, mayBlock);
    if (inWindow.isPresent()) {
      Found found = new Found(new ArrayList<>(), inWindow.get().moving(), new HashSet<>());
      inWindow.get().due().forEach(entry -> found.add(entry, false));
      Optional<RoomPart> part = unlessErased(look, found, mayBlock);
      if (part.isPresent()) {
        return Optional.of(new ServicePart(part.get(), inWindow.get().entered()));
      }
    }
    return mayBlock ? Optional.of(fromStore(look, service)) : Optional.empty();
  }

  /** A service is no member: it gets what erased users sent as strangers do. */
  private ServicePart fromStore(Look look, ServiceReader service) {
    RoomView stranger = RoomView.of(service.service().sender(), Timelines.EMPTY, look.upTo());
    Set<RoomId> entered = new HashSet<>();
    RoomPart part = read(look, Interest.everything(), (after, page) -> {
      ServiceRooms.Stretch stretch = serviceRooms.stretch(service, page.events(), after);
      return new Law(
          event -> stranger, (event, view) -> stretch.isInterested(event, entered), stretch::isDue);
    });
    return new ServicePart(part, entered);
  }

  /** Says what decides about a page that was read after a position. */
  private interface Laws {
    Law of(long after, LogPage page);
  }

  private RoomPart read(Look look, Interest interest, Laws laws) {
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
        Law law = laws.of(at, page);
        int wanted = look.limit() - shown;
        List<StoredEvent> chosen = law.choose(page, wanted, moving);
        List<RoomPart.Due> more = encode(chosen, look.form(), law);
        due.addAll(more);
        shown +=
            (int) more.stream().filter(event -> event.encoded().isPresent()).count();
        at = chosen.size() == wanted ? chosen.get(chosen.size() - 1).position() : page.through();
        if (shown == look.limit()) {
          return new RoomPart(due, moving, at);
        }
      }
    } catch (ExpiredPositionException e) {
      throw new TokenExpiredException(e.after(), e.retainedAfter());
    }
    return new RoomPart(due, moving, look.upTo());
  }

  private List<RoomPart.Due> encode(List<StoredEvent> chosen, EventForm form, Law law) {
    List<Optional<EncodedEvent>> encoded = gate.encode(chosen, form, law.views());
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
