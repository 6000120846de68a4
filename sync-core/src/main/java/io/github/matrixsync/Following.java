package io.github.matrixsync;

import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.PresenceStore;
import io.github.matrixsync.store.ReceiptChange;
import io.github.matrixsync.store.ReceiptStore;
import io.github.matrixsync.store.TypingChange;
import io.github.matrixsync.store.TypingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams that one engine follows, and the token of where it is. Thread-safe. */
final class Following implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);

  private final EventStore events;
  private final Threads threads;
  private final Roster roster;
  private final Duration fallbackInterval;
  private final RoomFollower rooms;
  private final CoalescingFollower<UserId, PresenceChange> presence;
  private final CoalescingFollower<RoomId, TypingChange> typing;
  private final @Nullable CoalescingFollower<RoomId, ReceiptChange> receipts;
  private final TypingTimer typingTimer;
  private final List<Follower> all = new ArrayList<>();
  private volatile @Nullable StreamToken lastToken;

  private record ReceiptKey(RoomId room, UserId user, String type) {}

  Following(
      SyncEngineBuilder given,
      Window window,
      Roster roster,
      Threads threads,
      Consumer<Concerned> waker) {
    events = given.events;
    this.threads = threads;
    this.roster = roster;
    fallbackInterval = given.fallbackInterval;
    PresenceStore presenceStore = given.presence == null ? new Absent.Presence() : given.presence;
    TypingStore typingStore = given.typing == null ? new Absent.Typing() : given.typing;
    ReceiptStore receiptStore = given.receipts;
    rooms = new RoomFollower(events, window, roster, threads, waker);
    presence = new CoalescingFollower<>(
        presenceStore, PresenceChange::user, this::concernedByPresence, threads, waker);
    typing = new CoalescingFollower<>(
        typingStore,
        TypingChange::room,
        (change, concerned) -> concerned.addRoom(change.room()),
        threads,
        waker);
    receipts = receiptStore == null
        ? null
        : new CoalescingFollower<>(
            receiptStore,
            receipt -> new ReceiptKey(receipt.room(), receipt.user(), receipt.type()),
            (change, concerned) -> concerned.addRoom(change.room()),
            threads,
            waker);
    typingTimer = new TypingTimer(typingStore, threads, given.clock);
    all.addAll(List.of(rooms, presence, typing));
    if (receipts != null) {
      all.add(receipts);
    }
  }

  /** Listens to all streams from now on, and looks at them by itself now and then. */
  void start() {
    all.forEach(Follower::start);
    typingTimer.start();
    threads.schedule(this::look, fallbackInterval);
  }

  /** Returns whether room events after a position may be gone. Does no I/O. */
  boolean isExpired(StreamToken token) {
    return token.room() < events.retainedAfter();
  }

  /** Returns the number of parts that this engine's tokens have. */
  int parts() {
    return receipts == null ? 3 : 4;
  }

  /** Returns the token that others hold at the same place, if it is the one handed out last: a million polls there then have one between them. */
  StreamToken shared(StreamToken token) {
    StreamToken last = lastToken;
    return last != null && last.equals(token) ? last : token;
  }

  /** Returns up to where everything is followed. */
  StreamToken published() {
    return token(Follower::published);
  }

  /** Returns the end of everything that any call on this node has stored. Does no I/O. */
  StreamToken watermark() {
    return token(Follower::watermark);
  }

  /** Returns whether {@link #catchUp} would have to read. Does no I/O. */
  boolean isBehind() {
    for (Follower follower : all) {
      if (follower.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /** Brings everything up to the watermarks of now. May block. */
  void catchUp() {
    all.forEach(Follower::catchUp);
  }

  /** Returns up to where everything is followed, after catching up. May block. */
  StreamToken current() {
    catchUp();
    return published();
  }

  /** Looks at the storage itself, and catches up. May block. */
  void refresh() {
    all.forEach(Follower::refresh);
  }

  /**
   * Checks that a token lies neither beyond the end of any stream nor before what is kept. May block, if it seems to lie beyond.
   *
   * @throws TokenAheadException if it lies beyond the end, also after a fresh look
   * @throws TokenExpiredException if room events after it are gone
   */
  void check(StreamToken token) {
    if (token.isAheadOf(published())) {
      refresh();
      if (token.isAheadOf(published())) {
        throw new TokenAheadException(token.toString(), published().toString());
      }
    }
    if (isExpired(token)) {
      throw new TokenExpiredException(token.room(), events.retainedAfter());
    }
  }

  CoalescingFollower<UserId, PresenceChange> presence() {
    return presence;
  }

  CoalescingFollower<RoomId, TypingChange> typing() {
    return typing;
  }

  /** Returns the receipts; null if the engine has none. */
  @Nullable CoalescingFollower<RoomId, ReceiptChange> receipts() {
    return receipts;
  }

  @Override
  public void close() {
    all.forEach(Follower::close);
    typingTimer.close();
  }

  private void concernedByPresence(PresenceChange change, Concerned concerned) {
    Reader changed = roster.acquire(change.user());
    try {
      roster.load(changed);
      roster.addAround(changed, concerned);
    } finally {
      roster.release(changed);
    }
  }

  private StreamToken token(ToLongFunction<Follower> part) {
    long[] parts = new long[all.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part.applyAsLong(all.get(i));
    }
    StreamToken token = shared(StreamToken.of(parts));
    lastToken = token;
    return token;
  }

  private void look() {
    threads.execute(() -> {
      try {
        refresh();
        typingTimer.arm();
      } catch (RuntimeException e) {
        log.warn("cannot look at the stores, will try again", e);
      } finally {
        threads.schedule(this::look, fallbackInterval);
      }
    });
  }
}
