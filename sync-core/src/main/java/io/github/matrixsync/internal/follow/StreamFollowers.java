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
import io.github.matrixsync.store.device.DeviceListChange;
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

/** The followers of all streams of an engine, and the tokens of the positions that they have reached. Thread-safe. */
public final class StreamFollowers implements AutoCloseable {
  private final EventStore events;
  private final EngineThreads threads;
  private final Roster roster;
  private final Duration fallbackInterval;
  private final RoomFollower rooms;
  private final LatestFollower<UserId, PresenceChange> presence;
  private final ShownChanges<PresenceChange> shownPresence;
  private final LatestFollower<RoomId, TypingChange> typing;
  private final CoalescingFollower<RoomId, ReceiptChange> receipts;
  private final CoalescingFollower<UserId, AccountDataChange> accountData;
  private final ToDeviceFollower toDevice;
  private final CoalescingFollower<UserId, DeviceListChange> deviceLists;
  private final ShownChanges<DeviceListChange> shownDeviceLists;
  private final TypingTimer typingTimer;
  private final OutageLog outages = new OutageLog("the periodic refresh of all streams");
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private final TokensAhead tokensAhead;
  private final List<Follower> all;
  private final Stores stores;
  private volatile @Nullable StreamToken lastToken;
  private volatile Scheduler.Scheduled nextRefresh = () -> {};
  private volatile boolean closed;

  private record ReceiptKey(RoomId room, UserId user, String type, Optional<String> thread) {}

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
    fallbackInterval = context.watch().fallbackInterval();
    FollowerContext waking = new FollowerContext(threads, wakeUps::wake);
    FollowerContext showing = new FollowerContext(threads, targets -> showPresence());
    rooms = new RoomFollower(events, window, roster, changes, waking);
    presence = new LatestFollower<>(
        EphemeralStream.PRESENCE,
        stores.presence(),
        PresenceChange::user,
        (change, targets) -> targets.addUser(change.user()),
        showing);
    shownPresence = new ShownChanges<>(presence, PresenceChange::user, true, roster, waking);
    typing = new LatestFollower<>(
        EphemeralStream.TYPING,
        stores.typing(),
        TypingChange::room,
        (change, targets) -> targets.addRoom(change.room()),
        waking);
    tokensAhead = new TokensAhead(threads);
    typingTimer = new TypingTimer(stores.typing(), threads, context.clock());
    receipts = new CoalescingFollower<>(
        EphemeralStream.RECEIPTS,
        stores.receipts(),
        receipt ->
            new ReceiptKey(receipt.room(), receipt.user(), receipt.type(), receipt.threadId()),
        (change, targets) -> targets.addRoom(change.room()),
        waking);
    accountData = new CoalescingFollower<>(
        EphemeralStream.ACCOUNT_DATA,
        stores.accountData(),
        entry -> new AccountDataKey(entry.user(), entry.room(), entry.type()),
        StreamFollowers::addAccountDataTargets,
        waking);
    toDevice = new ToDeviceFollower(stores.toDevice(), waking);
    deviceLists = new CoalescingFollower<>(
        EphemeralStream.DEVICE_LISTS,
        stores.deviceLists(),
        DeviceListChange::user,
        (change, targets) -> targets.addUser(change.user()),
        new FollowerContext(threads, targets -> showDeviceLists()));
    shownDeviceLists =
        new ShownChanges<>(deviceLists, DeviceListChange::user, false, roster, waking);
    all = List.of(rooms, presence, typing, receipts, accountData, toDevice, deviceLists);
  }

  /** Begins to listen to all streams, and to refresh them periodically. */
  public void start() {
    all.forEach(Follower::start);
    typingTimer.start();
    nextRefresh = threads.schedule(this::refreshSoon, fallbackInterval);
  }

  /** Returns whether room events after a token may be purged. Does no I/O. */
  public boolean isExpired(StreamToken token) {
    return token.room() < events.retainedAfter();
  }

  /** Returns the stores that are followed. */
  public Stores stores() {
    return stores;
  }

  /** Returns the last created token if it is equal, so that a million polls at the same position share one object. */
  public StreamToken shared(StreamToken token) {
    StreamToken last = lastToken;
    return last != null && last.equals(token) ? last : token;
  }

  /** Returns the token of the positions up to which all streams are followed. */
  public StreamToken published() {
    return token(Follower::published);
  }

  /** Returns the token of the ends of all streams, as far as this node knows. Does no I/O. */
  public StreamToken watermark() {
    return token(Follower::watermark);
  }

  /** Returns whether {@link #catchUp} would read a store. Does no I/O. */
  public boolean isBehind() {
    for (Follower follower : all) {
      if (follower.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether {@link #catchUp} would read backfill. Does no I/O. */
  public boolean isStale() {
    return rooms.isStale();
  }

  /** Reads all streams up to their current watermarks. May block. */
  public void catchUp() {
    all.forEach(Follower::catchUp);
  }

  /** Catches up, and returns the end token of an answer that is made now. May block. */
  public StreamToken current() {
    catchUp();
    return withCurrentRoom(published());
  }

  /**
   * Returns the token up to which polls are woken: up to which all streams are followed, except presence and device
   * lists of users whose rooms are not loaded yet. A woken poll reads no further, so it never waits for those rooms.
   */
  public StreamToken woken() {
    StreamToken published = published();
    return shown(
        shown(published, EphemeralStream.PRESENCE, shownPresence),
        EphemeralStream.DEVICE_LISTS,
        shownDeviceLists);
  }

  private StreamToken shown(StreamToken token, EphemeralStream stream, ShownChanges<?> changes) {
    long position = changes.position();
    return token.part(stream.part()) == position || !stores.has(stream)
        ? token
        : token.withPart(stream.part(), position);
  }

  /**
   * Returns a token with the room part of now, for the end of an answer with presence, typing or receipts, which depend
   * on who is joined at the room part. May block.
   *
   * <p>The other parts are read before, and the rooms are followed after that. So a user who was removed from a room
   * before something was typed there is not joined at the room part of any token that includes the typing. At {@link
   * #published} the user may still be joined.
   *
   * @param token the end of the answer except for its room part, such as {@link #published}
   */
  public StreamToken withCurrentRoom(StreamToken token) {
    return remembered(token.withRoom(currentRoom()));
  }

  /**
   * Returns the same without a read; empty if the rooms are not followed up to now.
   *
   * @param token of positions that were read before this call
   */
  public Optional<StreamToken> withCurrentRoomInMemory(StreamToken token) {
    return rooms.isBehind()
        ? Optional.empty()
        : Optional.of(remembered(token.withRoom(rooms.published())));
  }

  /** Catches up with the rooms alone, and returns the position up to which they are followed. May block. */
  public long currentRoom() {
    rooms.catchUp();
    return rooms.published();
  }

  /**
   * Checks that a token is neither beyond the end of any stream nor before the retained events. May block if it seems
   * to be beyond the end.
   *
   * @param user the user who polls
   * @throws TokenAheadException if the token is beyond the end, also after a refresh of the streams concerned; a user
   *     who soon repeats such a token is refused without another refresh
   * @throws TokenExpiredException if room events after it are purged
   */
  public void check(UserId user, StreamToken token) {
    requireNotAhead(user, token);
    if (isExpired(token)) {
      throw EngineErrors.tokenExpired(token.room(), events.retainedAfter());
    }
  }

  /**
   * Checks that a token is not beyond the end of any stream. May block if it seems to be.
   *
   * @throws TokenAheadException as {@link #check}
   */
  public void requireNotAhead(UserId user, StreamToken token) {
    if (token.isAheadOf(published()) && !tokensAhead.contains(user, token)) {
      refreshFor(token);
      if (token.isAheadOf(published())) {
        tokensAhead.add(user, token);
      }
    }
    if (token.isAheadOf(published())) {
      throw EngineErrors.tokenAhead(token.toString(), published().toString());
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

  /** Returns the followers of the streams that the host gave, that of the rooms first. */
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

  public ToDeviceFollower toDevice() {
    return toDevice;
  }

  public CoalescingFollower<UserId, DeviceListChange> deviceLists() {
    return deviceLists;
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

  private void showDeviceLists() {
    shownDeviceLists.advanceSoon();
  }

  private static void addAccountDataTargets(AccountDataChange change, WakeUpTargets targets) {
    targets.addUser(change.user());
    change.room().ifPresent(targets::addPeeks);
  }

  /** Returns the token of these positions: the last one if they have not moved since, without creating another. */
  private StreamToken token(ToLongFunction<Follower> part) {
    StreamToken last = lastToken;
    return last != null && isAt(last, part) ? last : newToken(part);
  }

  private boolean isAt(StreamToken token, ToLongFunction<Follower> part) {
    for (int i = 0; i < token.size(); i++) {
      if (token.part(i) != part.applyAsLong(all.get(i))) {
        return false;
      }
    }
    return true;
  }

  private StreamToken newToken(ToLongFunction<Follower> part) {
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

  /** Schedules a refresh of all streams, and the next one after it. A refresh is skipped while the last one runs. */
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

  /** Refreshes all streams and does what is due from time to time; each of it, even if another part fails. */
  private void refreshAll() {
    Attempts attempts = new Attempts();
    try {
      all.forEach(Follower::refreshIfPossible);
      attempts.make(shownPresence::advanceSoon);
      attempts.make(shownDeviceLists::advanceSoon);
      attempts.make(typingTimer::arm);
      attempts.make(roster::forgetIdle);
      attempts.throwFirst();
      outages.over(threads.nanoTime(), "succeeds again; failures");
    } catch (Throwable e) {
      if (!closed) {
        long now = threads.nanoTime();
        outages.happened(now, now, "failed, will be tried again soon", e);
      }
    } finally {
      refreshing.set(false);
    }
  }
}
