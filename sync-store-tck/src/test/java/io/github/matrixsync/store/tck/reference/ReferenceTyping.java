package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Typing as plainly as it can be written. Thread-safe. */
public class ReferenceTyping extends ReferenceStream<RoomId, TypingChange>
    implements SettableTypingStore {
  /** Who types where until when. */
  public record Typing(RoomId room, UserId user, Instant deadline) {}

  public final List<Typing> typing = new ArrayList<>(); // guarded by this

  public ReferenceTyping(long firstPosition) {
    super(firstPosition);
  }

  @Override
  public RoomId keyOf(TypingChange change) {
    return change.room();
  }

  @Override
  public Object entryOf(TypingChange change) {
    return change.room();
  }

  @Override
  public synchronized Optional<Instant> nextDeadline() {
    return typing.stream().map(Typing::deadline).min(Instant::compareTo);
  }

  @Override
  public void start(RoomId room, UserId user, Instant deadline) {
    boolean isNew;
    synchronized (this) {
      isNew = !typing.removeIf(one -> one.room().equals(room) && one.user().equals(user));
      typing.add(new Typing(room, user, deadline.truncatedTo(ChronoUnit.MILLIS)));
      if (isNew) {
        putRoom(room);
      }
    }
    if (isNew) {
      publish();
    } else {
      moved();
    }
  }

  /** A deadline moved, and nothing else. */
  public void moved() {
    listeners.call();
  }

  @Override
  public void stop(RoomId room, UserId user) {
    synchronized (this) {
      if (!typing.removeIf(one -> one.room().equals(room) && one.user().equals(user))) {
        return;
      }
      putRoom(room);
    }
    publish();
  }

  @Override
  public void expire(Instant now) {
    Set<RoomId> rooms = new LinkedHashSet<>();
    synchronized (this) {
      typing.stream().filter(one -> isOver(one, now)).forEach(one -> rooms.add(one.room()));
      typing.removeIf(one -> isOver(one, now));
      rooms.forEach(this::putRoom);
    }
    if (!rooms.isEmpty()) {
      publish();
    }
  }

  public boolean isOver(Typing one, Instant now) {
    return !one.deadline().isAfter(now);
  }

  public void putRoom(RoomId room) {
    List<UserId> users =
        typing.stream().filter(one -> one.room().equals(room)).map(Typing::user).toList();
    put(position -> new TypingChange(position, room, users));
  }
}
