package io.github.matrixsync;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.FilterIds;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.filter.InvalidFilterException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.Futures;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a {@link SyncEngine} answers. What needs these alone, such as
 * {@link io.github.matrixsync.rest.RestEdge}, takes this interface, so that a test can put a fake in the engine's
 * place: eight methods, all others are defaults that call them. Later versions add calls as default methods only.
 *
 * <p>A call that returns a value blocks, and must not be made on the engine's executor. Its twin of the same name and
 * {@code Async}, with the same arguments in the same order, returns a future of the value and does not block.
 * {@code stream} and {@code sync}, which wait by nature, exist as futures alone.
 *
 * <p>Wrong arguments are thrown on the caller's thread before any work, by the twins too: {@link NullPointerException}
 * and {@link IllegalArgumentException}, such as {@link io.github.matrixsync.domain.token.InvalidTokenException} for a
 * token with more parts than the engine has streams. All other failures of a call that returns a future are failures
 * of the future. After the engine was closed every call throws {@link IllegalStateException}. An executor that refuses
 * a task fails no call: the work is tried again until it is taken.
 *
 * <p>A {@code limit} of 0 means no events. Where the engine's own bound is wanted, the option is absent.
 *
 * <p>What depends on a future, such as a callback, runs on the thread that answers, most often one of the engine's. It
 * may call the engine, begin the next poll above all: stacks do not grow with the number of polls, also on an executor
 * that runs tasks on its caller's thread. It must not wait for an answer of the engine, and should return soon. What
 * takes long belongs on a thread of the host's, by {@code whenCompleteAsync} and its like. This is what a callback
 * delays while it runs:
 *
 * <ul>
 *   <li>The callback of a woken poll: the users behind it in its chunk of at most 256. As many such callbacks as the
 *       engine follows and wakes in at a time (twice the number of processors, at least four) hold up all deliveries.
 *   <li>The callback of a poll that had to read a store: one of the polls that may read at a time
 *       ({@link ReadSettings#concurrentReads}); that of an application service's poll: the service's other polls.
 *   <li>The callback of a snapshot, a single event or a page: one of those that may be read at a time.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * <p>Source: the v1 Sync API of 2015, and {@code GET /sync} of the Client-Server API r0 and v3.
 *
 * @since 0.1.0
 */
public interface SyncApi {
  /** As {@link #stream(UserId, StreamToken, Duration, StreamOptions)} with {@link StreamOptions#DEFAULT}. */
  default CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout) {
    return stream(user, from, timeout, StreamOptions.DEFAULT);
  }

  /**
   * Waits for what is due to a user, or to the application service whose sender the user is, after a place in the
   * stream: at once if something is, else until something comes or the time is up. Cancelling the future ends the poll.
   *
   * <p>The future fails with {@link TokenAheadException}, {@link TokenExpiredException},
   * {@link RoomNotReadableException} for a room that the user may not read, {@link LimitExceededException} if there are
   * as many polls as there may be, or the store's failure.
   *
   * @param from the {@code end} of an earlier batch or snapshot, of whichever user; null: now
   * @param timeout the longest wait, zero or more
   * @return the batch, with at most as many room events as the options and the engine's bound allow
   */
  CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options);

  /** As {@link #sync(UserId, StreamToken, Duration, SyncOptions)} with {@link SyncOptions#DEFAULT}. */
  default CompletableFuture<SyncResponse> sync(
      UserId user, @Nullable StreamToken since, Duration timeout) {
    return sync(user, since, timeout, SyncOptions.DEFAULT);
  }

  /**
   * Returns what is new for a user since a token, in all rooms and streams: at once if anything is that the filter lets
   * through, else when something comes or the time is up. Without a token, or if the options ask for the full state, it
   * returns everything there is, at once. An answer is never cut: it covers everything up to its token. Cancelling the
   * future ends the call.
   *
   * <p>A token that is older than what the store retains is answered, with gaps. A token that is not of these streams
   * is answered as if there was none, but all timelines are limited.
   *
   * <p>The future fails with {@link LimitExceededException} if there are as many polls as there may be, or if snapshots
   * are being taken that refer to as much as they may, or with the store's failure.
   *
   * @param since the token of an earlier answer, of this user, on whichever device; null: none
   * @param timeout the longest wait, zero or more; counts if there is a token and the full state is not asked for
   */
  CompletableFuture<SyncResponse> sync(
      UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options);

  /** As {@link #initialSync(UserId, int, SnapshotOptions)} with {@link SnapshotOptions#DEFAULT}. */
  default InitialSync initialSync(UserId user, int limit) {
    return initialSync(user, limit, SnapshotOptions.DEFAULT);
  }

  /**
   * Takes a user's snapshot, or shares one that is about to be taken for an identical request. Blocks until it is
   * there.
   *
   * @param limit the most messages of each room, 0 or more; 0: none; what is above
   *     {@link ReadSettings#historyLimit} is taken for that
   * @throws LimitExceededException if snapshots are being taken that refer to as much as they may
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  default InitialSync initialSync(UserId user, int limit, SnapshotOptions options) {
    return Futures.until(initialSyncAsync(user, limit, options));
  }

  /** As {@link #initialSync(UserId, int)}, without blocking. */
  default CompletableFuture<InitialSync> initialSyncAsync(UserId user, int limit) {
    return initialSyncAsync(user, limit, SnapshotOptions.DEFAULT);
  }

  /** As {@link #initialSync(UserId, int, SnapshotOptions)}, without blocking. */
  CompletableFuture<InitialSync> initialSyncAsync(UserId user, int limit, SnapshotOptions options);

  /** As {@link #roomInitialSync(UserId, RoomId, int, EventForm)} in the form of v1. */
  default RoomInitialSync roomInitialSync(UserId user, RoomId room, int limit) {
    return roomInitialSync(user, room, limit, EventForm.V1);
  }

  /**
   * Takes a snapshot of one room, for a member, for one who was, or, if everybody may read it, for anybody. Blocks
   * until it is there.
   *
   * @param limit the most messages, 0 or more; 0: none; what is above {@link ReadSettings#historyLimit} is taken
   *     for that
   * @param form in which room events are shown
   * @throws RoomNotReadableException if the user may not read the room, or there is none such; so it is with a room
   *     that the user left and forgot, unless everybody may read it
   * @throws LimitExceededException if snapshots are being taken that refer to as much as they may
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  default RoomInitialSync roomInitialSync(UserId user, RoomId room, int limit, EventForm form) {
    return Futures.until(roomInitialSyncAsync(user, room, limit, form));
  }

  /** As {@link #roomInitialSync(UserId, RoomId, int)}, without blocking. */
  default CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
      UserId user, RoomId room, int limit) {
    return roomInitialSyncAsync(user, room, limit, EventForm.V1);
  }

  /** As {@link #roomInitialSync(UserId, RoomId, int, EventForm)}, without blocking. */
  CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
      UserId user, RoomId room, int limit, EventForm form);

  /** As {@link #getEvent(UserId, EventId, EventForm)} in the form of v1. */
  default Optional<ClientEvent> getEvent(UserId user, EventId id) {
    return getEvent(user, id, EventForm.V1);
  }

  /**
   * Returns one event, if the user may see it. May block.
   *
   * @param form in which it is shown
   * @return empty: there is none such, or the user may not see it; which of these is not said
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  default Optional<ClientEvent> getEvent(UserId user, EventId id, EventForm form) {
    return Futures.until(getEventAsync(user, id, form));
  }

  /** As {@link #getEvent(UserId, EventId)}, without blocking. */
  default CompletableFuture<Optional<ClientEvent>> getEventAsync(UserId user, EventId id) {
    return getEventAsync(user, id, EventForm.V1);
  }

  /** As {@link #getEvent(UserId, EventId, EventForm)}, without blocking. */
  CompletableFuture<Optional<ClientEvent>> getEventAsync(UserId user, EventId id, EventForm form);

  /**
   * Returns a page of a room's history, ordered by depth, then position. Pages that begin where the one before ended
   * hold every event that the user may see once. May block.
   *
   * @param options where to begin, where to stop, which way and how many; a limit above
   *     {@link ReadSettings#historyLimit} is taken for that
   * @throws RoomNotReadableException if the user may not read the room, or there is none such
   * @throws TokenAheadException if a stream token lies beyond the end
   * @throws io.github.matrixsync.store.StoreException if reading failed
   */
  default MessagePage messages(UserId user, RoomId room, MessagesOptions options) {
    return Futures.until(messagesAsync(user, room, options));
  }

  /** As {@link #messages(UserId, RoomId, MessagesOptions)}, without blocking. */
  CompletableFuture<MessagePage> messagesAsync(UserId user, RoomId room, MessagesOptions options);

  /**
   * Keeps a filter for later requests of a user, and returns its id. Without a store of filters the id holds the filter
   * ({@link FilterIds}).
   *
   * @param filter one object, which is returned byte for byte
   * @return the id, which never begins with an opening brace
   * @throws InvalidFilterException if it is not a filter, or is too large
   */
  default CompletableFuture<String> putFilterAsync(UserId user, RawJson filter) {
    return CompletableFuture.completedFuture(FilterIds.of(filter));
  }

  /**
   * Returns a user's filter.
   *
   * @param id any text
   * @return empty: the user has none with this id
   */
  default CompletableFuture<Optional<RawJson>> getFilterAsync(UserId user, String id) {
    return CompletableFuture.completedFuture(FilterIds.filterIn(id));
  }

  /**
   * Returns a user's filter, parsed; otherwise as {@link #getFilterAsync}. An engine caches parsed filters. The future
   * fails with {@link InvalidFilterException} if the stored JSON is not a valid filter.
   */
  default CompletableFuture<Optional<FilterSpec>> filterAsync(UserId user, String id) {
    return getFilterAsync(user, id).thenApply(found -> found.map(FilterSpec::parse));
  }

  /** Returns the reads of rooms beside streams and snapshots; the same object each time. Does not block. */
  RoomReads roomReads();

  /** Returns whether the engine is closed, so that all other calls throw. Does not block. */
  boolean isClosed();
}
