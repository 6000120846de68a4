package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.RequestCoalescer;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.longpoll.LongPolls;
import io.github.matrixsync.internal.longpoll.Poll;
import io.github.matrixsync.internal.snapshot.SharedSnapshots;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /sync}. What is new is found by long polls. Everything there is, for a client without a token or one
 * that asks for the full state, is read like a snapshot: on the same threads, within the same budget of bytes, and once
 * for identical requests that came before reading began. Thread-safe.
 */
public final class SyncCalls {
  private final LongPolls polls;
  private final Poll.Kind<SyncOptions, SyncResponse> kind;
  private final SyncLooks looks;
  private final RequestCoalescer<Whole, SyncResponse> runs;
  private final StreamFollowers followers;
  private final EngineThreads threads;
  private final PollObserver observer;

  private final ParsedFilters filters;

  /**
   * A request for everything there is.
   *
   * @param options with the presence left out, so that requests that differ in it alone are identical
   * @param since the token that the client shows; empty: none, or one that counts for nothing
   * @param isAnew whether the client shows a token that counts for nothing
   */
  private record Whole(
      UserId user, SyncOptions options, Optional<StreamToken> since, boolean isAnew) {}

  // More than five parameters: one for each part of the engine that the calls need, given by
  // SyncEngine alone.
  public SyncCalls(
      EngineThreads threads,
      StreamFollowers followers,
      LongPolls polls,
      SyncLooks looks,
      SharedSnapshots snapshots,
      ParsedFilters filters,
      PollObserver observer) {
    this.threads = threads;
    this.filters = filters;
    this.followers = followers;
    this.polls = polls;
    this.looks = looks;
    this.observer = observer;
    kind = polls.kind(looks);
    runs = snapshots.coalescer();
  }

  /**
   * Answers a call; never blocks.
   *
   * @param since the token of the request, with any number of parts; null: none
   * @param timeout the longest wait, if the client has a token and does not ask for the full state
   */
  public CompletableFuture<SyncResponse> sync(
      UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options) {
    if (since == null) {
      return whole(user, options, Optional.empty(), false);
    }
    StreamToken after = followers.stores().normalized(since);
    if (!after.isAheadOf(followers.published())) {
      return present(user, after, timeout, options);
    }
    return new AfterCheck(user, after, timeout, options).begin();
  }

  /** Answers a client whose token is not ahead of the streams. */
  private CompletableFuture<SyncResponse> present(
      UserId user, StreamToken since, Duration timeout, SyncOptions options) {
    StreamToken after = since.resized(followers.stores().parts());
    return options.fullState()
        ? whole(user, options, Optional.of(after), false)
        : polls.begin(kind, user, after, timeout, withSharedFilter(options));
  }

  /** Returns the options with a filter that all parked polls with an equal one share. */
  private SyncOptions withSharedFilter(SyncOptions options) {
    FilterSpec filter = options.filter();
    return filter.equals(FilterSpec.ALL) ? options : options.withFilter(filters.shared(filter));
  }

  private CompletableFuture<SyncResponse> whole(
      UserId user, SyncOptions options, Optional<StreamToken> since, boolean isAnew) {
    observer.syncBegan(user, options.device(), options.presence());
    Whole request = new Whole(user, options.withPresence(Optional.empty()), since, isAnew);
    return runs.join(request, run -> read(request, run))
        .whenComplete(
            (answer, failure) -> observer.syncEnded(user, options.device(), options.presence()));
  }

  private SyncResponse read(Whole request, RequestCoalescer.Run run) {
    run.seal();
    return request.isAnew()
        ? looks.anew(request.user(), request.options(), run::reserve)
        : looks.whole(
            request.user(), request.options(), request.since().orElse(null), run::reserve);
  }

  /**
   * A call whose token seems to be ahead of the streams. Whether it is can be told only after the streams were looked
   * at again. If it still is, it is not of these streams, and counts for nothing.
   */
  private final class AfterCheck extends CompletableFuture<SyncResponse> {
    private final UserId user;
    private final StreamToken since;
    private final Duration timeout;
    private final SyncOptions options;

    AfterCheck(UserId user, StreamToken since, Duration timeout, SyncOptions options) {
      this.user = user;
      this.since = since;
      this.timeout = timeout;
      this.options = options;
    }

    CompletableFuture<SyncResponse> begin() {
      CompletableFuture<?> unused = threads
          .call(() -> looks.isAhead(user, since))
          .whenComplete((ahead, failure) -> {
            if (failure != null) {
              completeExceptionally(failure);
            } else if (!isDone()) {
              follow(
                  ahead
                      ? whole(user, options, Optional.empty(), true)
                      : present(user, since, timeout, options));
            }
          });
      return this;
    }

    /** Ends as a call does, and ends the call if the caller ends this. */
    private void follow(CompletableFuture<SyncResponse> call) {
      CompletableFuture<?> unused = call.whenComplete((answer, failure) -> {
        if (failure == null) {
          complete(answer);
        } else {
          completeExceptionally(failure);
        }
      });
      CompletableFuture<?> unusedToo = whenComplete((answer, failure) -> call.cancel(false));
    }
  }
}
