package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Selects the room events that a poll must return: from the window if it reaches back far enough, else from the store.
 * Thread-safe.
 */
public final class DueEvents {
  private final Window window;
  private final EventGate gate;
  private final Erasures erasures;
  private final PeekedRooms peekedRooms;
  private final LogReads logReads;

  public DueEvents(
      Window window,
      EventGate gate,
      Erasures erasures,
      PeekedRooms peekedRooms,
      LogReads logReads) {
    this.window = window;
    this.gate = gate;
    this.erasures = erasures;
    this.peekedRooms = peekedRooms;
    this.logReads = logReads;
  }

  /** Returns whether the window reaches back to {@code after}. */
  public boolean isInWindow(long after) {
    return window.after() <= after;
  }

  /**
   * Returns the room events of a look, from the window if it reaches back far enough and no sender may have been
   * erased, else from the store.
   *
   * @param mayBlock whether the store may be read; if not, the result is empty when a read is needed
   */
  public Optional<RoomPart> find(LookRequest look, boolean mayBlock) {
    Optional<WindowFindings> found = inWindow(look, DueEvents::find);
    Optional<RoomPart> part = found.flatMap(some -> unlessErased(look, some, mayBlock));
    return part.isEmpty() && mayBlock ? Optional.of(logReads.ofUser(look)) : part;
  }

  /**
   * Encodes what a look found in the window; empty if a sender may have been erased, or if every event is damaged.
   *
   * @param mayBlock whether the user settings may be read to find out who was erased
   */
  public Optional<RoomPart> unlessErased(LookRequest look, WindowFindings found, boolean mayBlock) {
    Optional<Erasure> erasure = erasures.known(found.senders());
    if (erasure.isEmpty() && mayBlock) {
      erasure = Optional.of(erasures.read(found.senders()));
    }
    Optional<RoomPart> part = erasure.filter(Erasure::isNone).flatMap(none -> part(look, found));
    part.ifPresent(some -> window.hit());
    return part;
  }

  /**
   * Returns at most {@code limit} events; empty if the window does not reach back, or if the reader's memberships are
   * not loaded. Does no I/O.
   */
  private Optional<WindowFindings> inWindow(
      LookRequest look, BiFunction<LookRequest, Window.View, WindowFindings> find) {
    Window.View view = window.view();
    if (view.after() > look.after()) {
      return Optional.empty();
    }
    Optional<WindowFindings> found = look.reader().ifLoaded(() -> find.apply(look, view));
    return isInWindow(look.after()) ? found : Optional.empty();
  }

  private static WindowFindings find(LookRequest look, Window.View view) {
    Reader reader = look.reader();
    Set<UserId> ignored = reader.settings().ignored();
    WindowFindings found = WindowFindings.nothing();
    for (int i = view.indexAfter(look.after()); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      if (entry.position() > look.upTo() || found.due().size() == look.limit()) {
        break;
      }
      boolean joined = reader.joinedAt(entry.stored().event().room(), entry.position());
      if (DeliveryRule.isDue(entry.stored(), reader.user(), joined, ignored)) {
        found.add(entry, joined);
      } else if (joined && JoinsAndLeaves.areIn(entry.stored())) {
        found.moving().add(entry.stored());
      }
    }
    return found;
  }

  /** Encodes the findings; empty if the limit cut them short and every event is damaged. */
  private Optional<RoomPart> part(LookRequest look, WindowFindings found) {
    List<WindowEntry> entries = found.due();
    List<RoomPart.Due> due = new ArrayList<>(entries.size());
    for (WindowEntry entry : entries) {
      due.add(new RoomPart.Due(entry.stored(), gate.encode(entry, look.form())));
    }
    boolean cut = due.size() == look.limit();
    long through = cut ? entries.get(due.size() - 1).position() : look.upTo();
    RoomPart part = new RoomPart(due, found.moving(), through);
    return cut && !part.isShown() ? Optional.empty() : Optional.of(part);
  }

  /** Returns the events of one room for a user who is in it or peeks, as {@link #find} does for all rooms. */
  public Optional<RoomPart> inRoom(LookRequest look, RoomId room, boolean mayBlock) {
    Optional<WindowFindings> found = peekedRooms
        .at(room, look.after())
        .flatMap(first -> inWindow(look, (some, view) -> find(some, view, room, first)));
    Optional<RoomPart> part = found.flatMap(some -> unlessErased(look, some, mayBlock));
    return part.isEmpty() && mayBlock
        ? Optional.of(
            logReads.ofRoom(look, room, peekedRooms.read(look.reader().user(), room, look.upTo())))
        : part;
  }

  private static WindowFindings find(
      LookRequest look, Window.View view, RoomId room, HistoryVisibility first) {
    Reader reader = look.reader();
    Set<UserId> ignored = reader.settings().ignored();
    WindowFindings found = WindowFindings.nothing();
    HistoryVisibility before = first;
    for (int i = view.indexAfter(look.after()); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      StoredEvent stored = entry.stored();
      if (entry.position() > look.upTo() || found.due().size() == look.limit()) {
        break;
      }
      if (stored.event().room().equals(room)) {
        HistoryVisibility after = PeekedRooms.after(stored, room, before);
        boolean joined = reader.joinedAt(room, entry.position());
        boolean open = joined || isOpen(before) || isOpen(after);
        before = after;
        if (DeliveryRule.isDue(stored, reader.user(), open, ignored)) {
          found.add(entry, joined);
        } else if (open && JoinsAndLeaves.areIn(stored)) {
          found.moving().add(stored);
        }
      }
    }
    return found;
  }

  private static boolean isOpen(HistoryVisibility visibility) {
    return visibility == HistoryVisibility.WORLD_READABLE;
  }

  /**
   * Returns whether a user may read a room as of {@code position}: as a member, or because everybody may.
   *
   * @param position at most the published one
   * @param mayBlock whether the store may be read; if not, the result is empty when a read is needed
   */
  public Optional<Boolean> isReadable(Reader reader, RoomId room, long position, boolean mayBlock) {
    Optional<Boolean> joined = reader.ifLoaded(() -> reader.joinedAt(room, position));
    Optional<HistoryVisibility> visibility = peekedRooms.at(room, position);
    if (joined.isPresent() && visibility.isPresent() && isInWindow(position)) {
      return Optional.of(joined.get() || isOpen(visibility.get()));
    }
    return mayBlock ? Optional.of(isReadable(reader.user(), room, position)) : Optional.empty();
  }

  private boolean isReadable(UserId user, RoomId room, long position) {
    RoomView view = peekedRooms.read(user, room, position);
    return view.joinedAt(position) || isOpen(view.visibilityAt(position));
  }
}
