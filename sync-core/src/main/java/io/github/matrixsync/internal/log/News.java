package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the room stream brought at once, if it is as plain as most of it is: events of one room, none of which moved
 * anybody or replaced or redacted anything. All members who had everything before get the same of it, so their answers
 * can share one list. Thread-safe.
 */
public final class News {
  private final long after;
  private final long through;
  private final List<Entry> entries;
  private final RoomId room;
  private final int edits;
  private volatile Shown shown = new Shown(EventForm.V1, Instant.MIN, List.of());

  /** The events as they were at a time, which all answers of that time share. */
  private record Shown(EventForm form, Instant at, List<ClientEvent> chunk) {}

  private News(long after, long through, List<Entry> entries, int edits) {
    this.after = after;
    this.through = through;
    this.entries = List.copyOf(entries);
    this.room = entries.get(0).stored().event().room();
    this.edits = edits;
  }

  /**
   * Returns the news of a part of the log; empty if it is not plain.
   *
   * @param edits how often the window was edited when the events were as they are here
   */
  public static Optional<News> of(long after, long through, List<Entry> entries, int edits) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    RoomId room = entries.get(0).stored().event().room();
    boolean plain = entries.stream().allMatch(entry -> isPlain(entry, room));
    return plain ? Optional.of(new News(after, through, entries, edits)) : Optional.empty();
  }

  private static boolean isPlain(Entry entry, RoomId room) {
    StoredEvent event = entry.stored();
    return event.kind() == EventKind.LIVE
        && event.event().room().equals(room)
        && event.event().redacts().isEmpty()
        && event.redaction().isEmpty()
        && entry.replaced().isEmpty()
        && event.changes().stream().noneMatch(MemberChange.class::isInstance);
  }

  /** Returns the position that those have come to for whom this is all that is new. */
  public long after() {
    return after;
  }

  /** Returns up to where the log goes with it. */
  public long through() {
    return through;
  }

  public int edits() {
    return edits;
  }

  public int size() {
    return entries.size();
  }

  public RoomId room() {
    return room;
  }

  /** Returns whether all of it is due to a member of the room. */
  public boolean isDueTo(UserId member, Set<UserId> ignored) {
    for (Entry entry : entries) {
      if (!StreamLaw.isDue(entry.stored(), member, true, ignored)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the events as they are at {@code now}, always the same list at the same time. */
  public List<ClientEvent> chunk(EventForm form, Instant now) {
    Shown last = shown;
    if (last.form() != form || !last.at().equals(now)) {
      List<ClientEvent> chunk =
          List.copyOf(entries.stream().map(entry -> entry.encoded(form).at(now)).toList());
      last = new Shown(form, now, chunk);
      shown = last;
    }
    return last.chunk();
  }
}
