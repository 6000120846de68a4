package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes one application service's stream to it: the room events, and typing, receipts and presence if its registration
 * asks for them. There is one transaction at a time, in order. A transaction that fails is repeated unchanged, with
 * growing pauses, until the service accepts it. The log has one entry when a service stops accepting, and one when it
 * accepts again. Started and closed by any thread; everything else is done by one task after the other.
 *
 * @since 0.1.0
 */
public final class Pusher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pusher.class);
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  /**
   * The maximum number of room events in a transaction. Even if all have the maximum size, and each has the content
   * that it replaced in two places, a transaction is smaller than the 5 MB that bridges accept.
   */
  public static final int MOST_EVENTS = 20;

  /**
   * What the host supplies.
   *
   * @param executor runs the steps, of which none blocks, and not on the thread that hands them in
   * @param scheduler for the pauses
   * @param clock by which transactions are numbered first: the ids of another run must differ
   * @since 0.1.0
   */
  public record Host(Executor executor, Scheduler scheduler, InstantSource clock) {}

  private final Host host;
  private final SyncEngine engine;
  private final ServiceClient client;
  private final PushPositions positions;
  private final Service service;
  private volatile StreamOptions options;
  private long transactions;
  private long pause = FIRST_PAUSE_MILLIS;
  private volatile boolean closed;
  private volatile CompletableFuture<EventBatch> polling = new CompletableFuture<>();

  public Pusher(SyncEngine engine, ServiceClient client, PushPositions positions, Host host) {
    this.host = host;
    this.engine = engine;
    this.client = client;
    this.positions = positions;
    transactions = host.clock().millis();
    service = client.service();
    options = StreamOptions.DEFAULT
        .withLimit(MOST_EVENTS)
        .withForm(EventForm.R0_WITH_USER_ID)
        .withService(service.namespaces());
  }

  /**
   * Begins with the transaction that was not accepted yet, or after the last accepted one, or at the end of the stream
   * if there is none.
   */
  public void start() {
    if (positions.get(service.id()).isEmpty()) {
      positions.set(service.id(), engine.initialSync(service.sender(), 0).end());
    }
    Optional<PushedTransaction> begun = positions.begun(service.id());
    host.executor().execute(() -> begun.ifPresentOrElse(this::push, this::poll));
  }

  /**
   * Sets how many room events a transaction may have, from the next one on that is made.
   *
   * @param most at least 1; more than {@link #MOST_EVENTS}, the default, has no effect
   */
  public void limit(int most) {
    options = options.withLimit(Math.min(most, MOST_EVENTS));
    polling.cancel(true);
  }

  @Override
  public void close() {
    closed = true;
    polling.cancel(true);
  }

  private void poll() {
    if (closed) {
      return;
    }
    StreamToken from = positions.get(service.id()).orElseThrow();
    CompletableFuture<EventBatch> poll;
    try {
      poll = engine.stream(service.sender(), from, POLL, options);
    } catch (RuntimeException e) {
      poll = CompletableFuture.failedFuture(e);
    }
    polling = poll;
    CompletableFuture<EventBatch> unused = poll.whenCompleteAsync(this::take, host.executor());
  }

  private void take(@Nullable EventBatch batch, @Nullable Throwable failure) {
    if (failure instanceof CancellationException) {
      poll();
      return;
    }
    if (batch == null) {
      again("its stream cannot be read, " + failure, this::poll);
      return;
    }
    Optional<RawJson> body =
        PushedData.body(batch.chunk(), service.registration().receivesEphemeral());
    if (body.isEmpty()) {
      done(batch.end());
    } else {
      PushedTransaction next =
          new PushedTransaction(String.valueOf(++transactions), body.get(), batch.end());
      positions.begin(service.id(), next);
      push(next);
    }
  }

  private void push(PushedTransaction transaction) {
    if (closed) {
      return;
    }
    CompletableFuture<Void> unused = client
        .push(transaction.id(), transaction.body())
        .whenCompleteAsync(
            (taken, failure) -> {
              if (failure == null) {
                done(transaction.end());
              } else {
                again(ServiceClient.reason(failure), () -> push(transaction));
              }
            },
            host.executor());
  }

  private void done(StreamToken end) {
    positions.set(service.id(), end);
    if (pause > FIRST_PAUSE_MILLIS) {
      log.warn("application service {} takes events again", service);
      pause = FIRST_PAUSE_MILLIS;
    }
    poll();
  }

  private void again(String why, Runnable step) {
    if (closed) {
      return;
    }
    if (pause == FIRST_PAUSE_MILLIS) {
      log.warn("application service {} takes no events: {}; they wait until it does", service, why);
    }
    Scheduler.Scheduled unused =
        host.scheduler().schedule(() -> host.executor().execute(step), Duration.ofMillis(pause));
    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  }
}
