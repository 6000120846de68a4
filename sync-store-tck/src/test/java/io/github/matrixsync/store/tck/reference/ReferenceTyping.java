package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Typing as plainly as it can be written. Thread-safe. */
public class ReferenceTyping extends ReferenceStream<RoomId, TypingChange>
    implements SettableTypingStore {
  /** Who types where until when. */
  public record Typing(RoomId room, UserId user, Instant deadline) {}

  public volatile @Nullable Instant nextDeadline;

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
  public Optional<Instant> nextDeadline() {
    return Optional.ofNullable(nextDeadline);
  }

  @Override
  public void take() {
    super.take();
    nextDeadline =
        storage.typing.stream().map(Typing::deadline).min(Instant::compareTo).orElse(null);
  }

  @Override
  public boolean look() {
    synchronized (storage) {
      Instant before = nextDeadline;
      boolean isNew = super.look();
      Instant now = nextDeadline;
      return isNew || (now != null && (before == null || now.isBefore(before)));
    }
  }

  @Override
  public void start(RoomId room, UserId user, Instant deadline) {
    Pause.next().run();
    boolean isNew;
    synchronized (storage) {
      Typing typing = new Typing(room, user, deadline.truncatedTo(ChronoUnit.MILLIS));
      isNew = storage.typing.stream().noneMatch(one -> isOf(one, room, user));
      if (isNew) {
        storage.typing.add(typing);
        putRoom(room);
      } else {
        goOn(typing);
      }
      take();
    }
    if (isNew) {
      publish();
    } else {
      moved();
    }
  }

  /** Moves the deadline of who types already. Under the storage's monitor. */
  public void goOn(Typing typing) {
    storage.typing.replaceAll(one -> isOf(one, typing.room(), typing.user()) ? typing : one);
  }

  public static boolean isOf(Typing one, RoomId room, UserId user) {
    return one.room().equals(room) && one.user().equals(user);
  }

  /** A deadline moved, and nothing else. */
  public void moved() {
    publish();
  }

  @Override
  public void stop(RoomId room, UserId user) {
    Pause.next().run();
    synchronized (storage) {
      if (!storage.typing.removeIf(one -> isOf(one, room, user))) {
        return;
      }
      putRoom(room);
    }
    publish();
  }

  @Override
  public void expire(Instant now) {
    Set<RoomId> rooms = new LinkedHashSet<>();
    synchronized (storage) {
      storage.typing.stream().filter(one -> isOver(one, now)).forEach(one -> rooms.add(one.room()));
      storage.typing.removeIf(one -> isOver(one, now));
      rooms.forEach(this::putRoom);
      ended(rooms);
    }
    if (!rooms.isEmpty()) {
      publish();
    }
  }

  /** Typing has ended in these rooms, perhaps in none. Under the storage's monitor. */
  public void ended(Set<RoomId> rooms) {
    take();
  }

  public boolean isOver(Typing one, Instant now) {
    return !one.deadline().isAfter(now);
  }

  public void putRoom(RoomId room) {
    List<UserId> users = storage.typing.stream()
        .filter(one -> one.room().equals(room))
        .map(Typing::user)
        .toList();
    put(position -> new TypingChange(position, room, users));
  }
}
