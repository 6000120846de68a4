package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows the stream of one user by polls that never time out, and stores its entries. Thread-safe. */
public final class Watcher {
  private static final int PRESENCE = 1;
  private static final int TYPING = 2;
  private static final Duration FOREVER = Duration.ofDays(3_650);
  private static final StreamOptions OPTIONS = StreamOptions.DEFAULT.withForm(EventForm.R0);

  private final UserId user;
  private final Function<ClientEvent, Sighting> seeing;
  private final Consumer<Runnable> beginning;
  private final Supplier<StreamToken> now;
  private final Runnable expiring;
  private final List<Sighting> sightings = new ArrayList<>(); // guarded by this
  private @Nullable SyncEngine engine; // guarded by this
  private @Nullable StreamToken from; // guarded by this
  private @Nullable CompletableFuture<EventBatch> open; // guarded by this
  private boolean polls; // guarded by this
  private boolean catchesUp; // guarded by this
  private boolean isAnew; // guarded by this
  private long latest; // guarded by this

  /**
   * Creates the watcher of one user, which does not poll yet.
   *
   * @param seeing makes a sighting of each entry
   * @param beginning starts a poll of a watcher
   * @param now returns the end of all streams
   * @param expiring called when the stream has expired, so that entries may be missing
   */
  Watcher(
      UserId user,
      Function<ClientEvent, Sighting> seeing,
      Consumer<Runnable> beginning,
      Supplier<StreamToken> now,
      Runnable expiring) {
    this.user = user;
    this.seeing = seeing;
    this.beginning = beginning;
    this.now = now;
    this.expiring = expiring;
  }

  /** Returns whether a poll of this watcher is open. */
  synchronized boolean isPolling() {
    return polls;
  }

  /** Follows the stream of an engine, from where this watcher was or else from its end. */
  void follow(SyncEngine next) {
    StreamToken end = now.get();
    synchronized (this) {
      engine = next;
      from = from == null ? end : from;
      catchesUp = false;
    }
    poll();
  }

  /** Polls, unless a poll is open. */
  void resume() {
    boolean isIdle;
    synchronized (this) {
      isIdle = !polls;
    }
    if (isIdle) {
      poll();
    }
  }

  private void poll() {
    SyncEngine current;
    StreamToken after;
    long number;
    synchronized (this) {
      current = engine;
      after = from;
      if (catchesUp || current == null || current.isClosed()) {
        return;
      }
      abandon();
      polls = true;
      number = latest;
    }
    CompletableFuture<EventBatch> poll = current.stream(user, after, FOREVER, OPTIONS);
    if (!keep(poll, number)) {
      poll.cancel(false);
    }
    CompletableFuture<EventBatch> unused =
        poll.whenComplete((batch, failure) -> ended(number, batch, failure));
  }

  /** Stores the open poll, unless another one has taken its place. */
  private synchronized boolean keep(CompletableFuture<EventBatch> poll, long number) {
    if (number == latest) {
      open = poll;
    }
    return number == latest;
  }

  private void ended(long number, @Nullable EventBatch batch, @Nullable Throwable failure) {
    synchronized (this) {
      if (number != latest) {
        return;
      }
      polls = false;
      if (batch != null) {
        take(batch);
      }
    }
    if (batch != null || beginsAnew(failure)) {
      beginning.accept(this::poll);
    }
  }

  /**
   * Begins at the end of all streams if a poll found that its token is of no use: at the end that the stores have and,
   * if that is of no use either, at the one that the engine has. Returns false if that failed too.
   */
  private boolean beginsAnew(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    boolean hasExpired = cause instanceof TokenExpiredException;
    if (!hasExpired && !(cause instanceof TokenAheadException)) {
      return false;
    }
    StreamToken end = now.get();
    boolean isFirst;
    synchronized (this) {
      if (from == null) {
        return false;
      }
      isFirst = !isAnew;
      from = isFirst ? end : null;
      isAnew = true;
    }
    if (isFirst && hasExpired) {
      expiring.run();
    }
    return true;
  }

  /** Ends the open poll, and reads to the end of the stream at once. Afterwards, {@link #follow} or {@link #goOn}. */
  void catchUp(SyncEngine reader) {
    synchronized (this) {
      abandon();
      catchesUp = true;
    }
    try {
      while (readOn(reader)) {
        // Each turn reads a batch.
      }
    } catch (CompletionException e) {
      // The next poll fails in the same way.
    }
  }

  /** Ends the open poll, if any, and ignores its answer. */
  private synchronized void abandon() {
    CompletableFuture<EventBatch> abandoned = open;
    open = null;
    polls = false;
    latest++;
    if (abandoned != null) {
      abandoned.cancel(false);
    }
  }

  /** Reads one batch. Returns false if it is at the end of the stream. */
  private boolean readOn(SyncEngine reader) {
    StreamToken after;
    synchronized (this) {
      after = from;
    }
    if (after == null) {
      return false;
    }
    EventBatch batch = reader.stream(user, after, Duration.ZERO, OPTIONS).join();
    synchronized (this) {
      take(batch);
    }
    return !batch.end().equals(after);
  }

  /** Goes on after {@link #catchUp}. */
  void goOn() {
    synchronized (this) {
      catchesUp = false;
    }
    resume();
  }

  /** Leaves out the presence and the typing before a token, whose streams begin anew. */
  synchronized void skip(StreamToken end) {
    from = from == null
        ? null
        : from.withPart(PRESENCE, end.presence()).withPart(TYPING, end.typing());
  }

  private synchronized void take(EventBatch batch) {
    for (ClientEvent event : batch.chunk()) {
      sightings.add(seeing.apply(event));
    }
    from = batch.end();
    isAnew = false;
  }

  /** Returns what the user saw, oldest first. */
  synchronized List<Sighting> sightings() {
    return List.copyOf(sightings);
  }
}
