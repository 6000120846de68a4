package io.github.matrixsync.internal.follow;

import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.concurrent.Attempts;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.TypingChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All streams that one engine follows, and the token of where it is. Thread-safe. */
public final class StreamFollowers implements AutoCloseable {
  private final EventStore events;
  private final EngineThreads threads;
  private final Roster roster;
  private final Duration fallbackInterval;
  private final RoomFollower rooms;
  private final LatestFollower<UserId, PresenceChange> presence;
  private final ShownPresence shownPresence;
  private final LatestFollower<RoomId, TypingChange> typing;
  private final CoalescingFollower<RoomId, ReceiptChange> receipts;
  private final CoalescingFollower<UserId, AccountDataChange> accountData;
  private final TypingTimer typingTimer;
  private final OutageLog idling = new OutageLog("the look at all streams now and then");
  private final AtomicBoolean looking = new AtomicBoolean();
  private final TokensAhead ahead;
  private final List<Follower> all;
  private final Stores roles;
  private volatile @Nullable StreamToken lastToken;
  private volatile Scheduler.Scheduled nextLook = () -> {};
  private volatile boolean closed;

  private record ReceiptKey(RoomId room, UserId user, String type) {}

  private record AccountDataKey(UserId user, Optional<RoomId> room, String type) {}

  public StreamFollowers(
      EngineContext given, Window window, Roster roster, LastChanges changes, WakeUpRelay wakeUps) {
    roles = given.roles();
    events = roles.events();
    threads = given.threads();
    this.roster = roster;
    fallbackInterval = given.fallbackInterval();
    rooms = new RoomFollower(events, window, roster, changes, threads, wakeUps::wake);
    presence = new LatestFollower<>(
        EphemeralStream.PRESENCE,
        roles.presence(),
        PresenceChange::user,
        (change, concerned) -> concerned.addUser(change.user()),
        threads,
        concerned -> showPresence());
    shownPresence = new ShownPresence(presence, roster, threads, wakeUps::wake);
    typing = new LatestFollower<>(
        EphemeralStream.TYPING,
        roles.typing(),
        TypingChange::room,
        (change, concerned) -> concerned.addRoom(change.room()),
        threads,
        wakeUps::wake);
    ahead = new TokensAhead(threads);
    typingTimer = new TypingTimer(roles.typing(), threads, given.clock());
    receipts = new CoalescingFollower<>(
        EphemeralStream.RECEIPTS,
        roles.receipts(),
        receipt -> new ReceiptKey(receipt.room(), receipt.user(), receipt.type()),
        (change, concerned) -> concerned.addRoom(change.room()),
        threads,
        wakeUps::wake);
    accountData = new CoalescingFollower<>(
        EphemeralStream.ACCOUNT_DATA,
        roles.accountData(),
        entry -> new AccountDataKey(entry.user(), entry.room(), entry.type()),
        StreamFollowers::concernedByAccountData,
        threads,
        wakeUps::wake);
    all = List.of(rooms, presence, typing, receipts, accountData);
  }

  /** Listens to all streams from now on, and looks at them by itself now and then. */
  public void start() {
    all.forEach(Follower::start);
    typingTimer.start();
    nextLook = threads.schedule(this::look, fallbackInterval);
  }

  /** Returns whether room events after a position may be gone. Does no I/O. */
  public boolean isExpired(StreamToken token) {
    return token.room() < events.retainedAfter();
  }

  /** Returns a position, or, if what follows it is gone, the first one that is followed by all there was. */
  public long retained(long position) {
    return Math.max(position, events.retainedAfter());
  }

  /** Returns which streams there are. */
  public Stores roles() {
    return roles;
  }

  /**
   * Returns the token that others hold at the same place, if it is the one handed out last: a million polls there then
   * have one between them.
   */
  public StreamToken shared(StreamToken token) {
    StreamToken last = lastToken;
    return last != null && last.equals(token) ? last : token;
  }

  /** Returns up to where everything is followed. */
  public StreamToken published() {
    return token(Follower::published);
  }

  /** Returns the end of everything that any call on this node has stored. Does no I/O. */
  public StreamToken watermark() {
    return token(Follower::watermark);
  }

  /** Returns whether {@link #catchUp} would have to read. Does no I/O. */
  public boolean isBehind() {
    for (Follower follower : all) {
      if (follower.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether {@link #catchUp} would have to read something that has no position. Does no I/O. */
  public boolean isStale() {
    return rooms.isStale();
  }

  /** Brings everything up to the watermarks of now. May block. */
  public void catchUp() {
    all.forEach(Follower::catchUp);
  }

  /** Returns where an answer may end that is made now, after catching up. May block. */
  public StreamToken current() {
    catchUp();
    return place(published());
  }

  /**
   * Returns up to where polls are woken: where everything is followed, but for presence of users whose rooms are not
   * known yet. A poll that is woken goes no further, and so never waits for a read of where somebody is whom nobody
   * reads for.
   */
  public StreamToken woken() {
    StreamToken published = published();
    long presence = shownPresence.position();
    return published.presence() == presence || !roles.has(EphemeralStream.PRESENCE)
        ? published
        : published.withPart(EphemeralStream.PRESENCE.part(), presence);
  }

  /**
   * Returns where an answer may end that shows something of presence, typing or receipts, which is gated by who is
   * joined at the room part. May block.
   *
   * <p>The other parts are taken before, and the rooms are followed after that as far as they go by then. So whoever
   * was taken out of a room before something was typed there is out of it at the room part of every place that has
   * what was typed. At {@link #published} they may be still in.
   *
   * @param sides where the answer ends but for the rooms, such as what {@link #published} gives
   */
  public StreamToken place(StreamToken sides) {
    return remembered(sides.withRoom(currentRoom()));
  }

  /** Returns up to where the rooms are followed, after catching up with them alone. May block. */
  public long currentRoom() {
    rooms.catchUp();
    return rooms.published();
  }

  /**
   * Checks that a token lies neither beyond the end of any stream nor before what is kept. May block, if it seems to
   * lie beyond.
   *
   * @param user who asks
   * @throws TokenAheadException if it lies beyond the end, also after a fresh look at the streams that it is ahead of;
   *     a user who repeats such a token soon is told so without another look
   * @throws TokenExpiredException if room events after it are gone
   */
  public void check(UserId user, StreamToken token) {
    if (token.isAheadOf(published()) && !ahead.contains(user, token)) {
      lookFor(token);
      if (token.isAheadOf(published())) {
        ahead.add(user, token);
      }
    }
    if (token.isAheadOf(published())) {
      throw EngineErrors.tokenAhead(token.toString(), published().toString());
    }
    if (isExpired(token)) {
      throw EngineErrors.tokenExpired(token.room(), events.retainedAfter());
    }
  }

  private void lookFor(StreamToken token) {
    for (int i = 0; i < token.size(); i++) {
      Follower follower = all.get(i);
      if (token.part(i) > follower.published()) {
        follower.refreshTogether();
      }
    }
  }

  /** Returns the followers of the streams that there are, that of the rooms first. */
  public List<Follower> followers() {
    List<Follower> there = new ArrayList<>(List.of(rooms));
    for (EphemeralStream stream : EphemeralStream.values()) {
      if (roles.has(stream)) {
        there.add(all.get(stream.part()));
      }
    }
    return there;
  }

  public LatestFollower<UserId, PresenceChange> presence() {
    return presence;
  }

  public LatestFollower<RoomId, TypingChange> typing() {
    return typing;
  }

  public CoalescingFollower<RoomId, ReceiptChange> receipts() {
    return receipts;
  }

  public CoalescingFollower<UserId, AccountDataChange> accountData() {
    return accountData;
  }

  @Override
  public void close() {
    closed = true;
    Attempts attempts = new Attempts();
    all.forEach(follower -> attempts.make(follower::close));
    attempts.make(typingTimer::close);
    attempts.make(nextLook::cancel);
    attempts.throwFirst();
  }

  private void showPresence() {
    shownPresence.goOn();
  }

  private static void concernedByAccountData(AccountDataChange change, WakeUpTargets concerned) {
    concerned.addUser(change.user());
    change.room().ifPresent(concerned::addPeeks);
  }

  private StreamToken token(ToLongFunction<Follower> part) {
    long[] parts = new long[roles.parts()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part.applyAsLong(all.get(i));
    }
    return remembered(StreamToken.of(parts));
  }

  private StreamToken remembered(StreamToken now) {
    StreamToken token = shared(now);
    lastToken = token;
    return token;
  }

  /**
   * Looks at all streams, and comes again whatever becomes of that. A look that has not ended is not joined by another
   * one.
   */
  private void look() {
    nextLook = threads.schedule(this::look, fallbackInterval);
    if (closed) {
      nextLook.cancel();
    } else if (looking.compareAndSet(false, true)) {
      try {
        threads.execute(this::lookAtAll);
      } catch (Throwable e) {
        looking.set(false);
        throw e;
      }
    }
  }

  private void lookAtAll() {
    try {
      all.forEach(Follower::refreshIfPossible);
      shownPresence.goOn();
      typingTimer.arm();
      roster.forgetIdle();
      idling.over(threads.nanoTime(), "succeeds again; failures");
    } catch (RuntimeException e) {
      long now = threads.nanoTime();
      idling.happened(now, now, "failed, will be tried again", e);
    } finally {
      looking.set(false);
    }
  }
}
