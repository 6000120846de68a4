package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the stream of one user by polls that never time out, and stores its entries. Thread-safe. */
public final class Watcher {
  private static final Duration FOREVER = Duration.ofDays(3_650);
  private static final StreamOptions OPTIONS = StreamOptions.DEFAULT.withForm(EventForm.R0);

  private final UserId user;
  private final Function<ClientEvent, Sighting> seeing;
  private final Consumer<Runnable> beginning;
  private final List<Sighting> sightings = new ArrayList<>(); // guarded by this
  private @Nullable SyncEngine engine; // guarded by this
  private @Nullable StreamToken from; // guarded by this
  private boolean polls; // guarded by this

  /**
   * Creates the watcher of one user, which does not poll yet.
   *
   * @param seeing makes a sighting of each entry
   * @param beginning starts a poll of a watcher
   */
  Watcher(UserId user, Function<ClientEvent, Sighting> seeing, Consumer<Runnable> beginning) {
    this.user = user;
    this.seeing = seeing;
    this.beginning = beginning;
  }

  /** Returns whether a poll of this watcher is open. */
  synchronized boolean isPolling() {
    return polls;
  }

  /** Follows the stream of an engine, from its end or from where this watcher was. */
  void follow(SyncEngine next, boolean fromTheEnd) {
    synchronized (this) {
      engine = next;
      from = fromTheEnd ? null : from;
    }
    poll();
  }

  /** Polls again, if the last poll failed. */
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
    synchronized (this) {
      current = engine;
      after = from;
      if (current == null || current.isClosed()) {
        return;
      }
      polls = true;
    }
    CompletableFuture<EventBatch> poll = current.stream(user, after, FOREVER, OPTIONS);
    CompletableFuture<EventBatch> unused = poll.whenComplete((batch, failure) -> {
      synchronized (this) {
        polls = false;
      }
      if (batch != null) {
        take(batch);
        beginning.accept(this::poll);
      }
    });
  }

  private void take(EventBatch batch) {
    for (ClientEvent event : batch.chunk()) {
      Sighting sighting = seeing.apply(event);
      synchronized (this) {
        sightings.add(sighting);
      }
    }
    synchronized (this) {
      from = batch.end();
    }
  }

  /** Returns what the user saw, oldest first. */
  synchronized List<Sighting> sightings() {
    return List.copyOf(sightings);
  }
}
