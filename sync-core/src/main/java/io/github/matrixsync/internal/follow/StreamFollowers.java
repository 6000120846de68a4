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
  private final OutageLog outages = new OutageLog("the look at all streams now and then");
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private final TokensAhead tokensAhead;
  private final List<Follower> all;
  private final Stores stores;
  private volatile @Nullable StreamToken lastToken;
  private volatile Scheduler.Scheduled nextRefresh = () -> {};
  private volatile boolean closed;

  private record ReceiptKey(RoomId room, UserId user, String type) {}

  private record AccountDataKey(UserId user, Optional<RoomId> room, String type) {}

  public StreamFollowers(
      EngineContext context,
      Window window,
      Roster roster,
      LastChanges changes,
      WakeUpRelay wakeUps) {
    stores = context.stores();
    events = stores.events();
    threads = context.threads();
    this.roster = roster;
    fallbackInterval = context.fallbackInterval();
    rooms = new RoomFollower(events, window, roster, changes, threads, wakeUps::wake);
    presence = new LatestFollower<>(
        EphemeralStream.PRESENCE,
        stores.presence(),
        PresenceChange::user,
        (change, targets) -> targets.addUser(change.user()),
        threads,
        targets -> showPresence());
    shownPresence = new ShownPresence(presence, roster, threads, wakeUps::wake);
    typing = new LatestFollower<>(
        EphemeralStream.TYPING,
        stores.typing(),
        TypingChange::room,
        (change, targets) -> targets.addRoom(change.room()),
        threads,
        wakeUps::wake);
    tokensAhead = new TokensAhead(threads);
    typingTimer = new TypingTimer(stores.typing(), threads, context.clock());
    receipts = new CoalescingFollower<>(
        EphemeralStream.RECEIPTS,
        stores.receipts(),
        receipt -> new ReceiptKey(receipt.room(), receipt.user(), receipt.type()),
        (change, targets) -> targets.addRoom(change.room()),
        threads,
        wakeUps::wake);
    accountData = new CoalescingFollower<>(
        EphemeralStream.ACCOUNT_DATA,
        stores.accountData(),
        entry -> new AccountDataKey(entry.user(), entry.room(), entry.type()),
        StreamFollowers::addAccountDataTargets,
        threads,
        wakeUps::wake);
    all = List.of(rooms, presence, typing, receipts, accountData);
  }

  /** Listens to all streams from now on, and looks at them by itself now and then. */
  public void start() {
    all.forEach(Follower::start);
    typingTimer.start();
    nextRefresh = threads.schedule(this::refreshSoon, fallbackInterval);
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
  public Stores stores() {
    return stores;
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
    return withCurrentRoom(published());
  }

  /**
   * Returns up to where polls are woken: where everything is followed, but for presence of users whose rooms are not
   * known yet. A poll that is woken goes no further, and so never waits for a read of where somebody is whom nobody
   * reads for.
   */
  public StreamToken woken() {
    StreamToken published = published();
    long presence = shownPresence.position();
    return published.presence() == presence || !stores.has(EphemeralStream.PRESENCE)
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
   * @param token where the answer ends but for the rooms, such as what {@link #published} gives
   */
  public StreamToken withCurrentRoom(StreamToken token) {
    return remembered(token.withRoom(currentRoom()));
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
    if (token.isAheadOf(published()) && !tokensAhead.contains(user, token)) {
      refreshFor(token);
      if (token.isAheadOf(published())) {
        tokensAhead.add(user, token);
      }
    }
    if (token.isAheadOf(published())) {
      throw EngineErrors.tokenAhead(token.toString(), published().toString());
    }
    if (isExpired(token)) {
      throw EngineErrors.tokenExpired(token.room(), events.retainedAfter());
    }
  }

  private void refreshFor(StreamToken token) {
    for (int i = 0; i < token.size(); i++) {
      Follower follower = all.get(i);
      if (token.part(i) > follower.published()) {
        follower.refreshTogether();
      }
    }
  }

  /** Returns the followers of the streams that there are, that of the rooms first. */
  public List<Follower> followers() {
    List<Follower> present = new ArrayList<>(List.of(rooms));
    for (EphemeralStream stream : EphemeralStream.values()) {
      if (stores.has(stream)) {
        present.add(all.get(stream.part()));
      }
    }
    return present;
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
    attempts.make(nextRefresh::cancel);
    attempts.throwFirst();
  }

  private void showPresence() {
    shownPresence.advanceSoon();
  }

  private static void addAccountDataTargets(AccountDataChange change, WakeUpTargets targets) {
    targets.addUser(change.user());
    change.room().ifPresent(targets::addPeeks);
  }

  private StreamToken token(ToLongFunction<Follower> part) {
    long[] parts = new long[stores.parts()];
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
  private void refreshSoon() {
    nextRefresh = threads.schedule(this::refreshSoon, fallbackInterval);
    if (closed) {
      nextRefresh.cancel();
    } else if (refreshing.compareAndSet(false, true)) {
      try {
        threads.execute(this::refreshAll);
      } catch (Throwable e) {
        refreshing.set(false);
        throw e;
      }
    }
  }

  private void refreshAll() {
    try {
      all.forEach(Follower::refreshIfPossible);
      shownPresence.advanceSoon();
      typingTimer.arm();
      roster.forgetIdle();
      outages.over(threads.nanoTime(), "succeeds again; failures");
    } catch (RuntimeException e) {
      long now = threads.nanoTime();
      outages.happened(now, now, "failed, will be tried again", e);
    } finally {
      refreshing.set(false);
    }
  }
}
