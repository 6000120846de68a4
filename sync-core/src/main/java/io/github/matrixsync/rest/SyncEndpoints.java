package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.filter.InvalidFilterException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge.Asked;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the engine for what {@code GET /sync} answers, and for filters. Thread-safe. */
final class SyncEndpoints {
  private static final String BAD_JSON = "M_BAD_JSON";

  private final SyncApi engine;
  private final String invalidParam;

  SyncEndpoints(SyncApi engine, RestSettings settings) {
    this.engine = engine;
    this.invalidParam = settings.errcodes().other();
  }

  /** Asks for what is new; without {@code timeout} at once. */
  Asked<?> sync(RestRequest request, Parameters parameters) {
    if (request.service().isPresent()) {
      throw BadRequestException.forbidden("An application service syncs as one of its users only");
    }
    parameters.refuseFrom();
    StreamToken since = parameters.since();
    Duration timeout = parameters.syncTimeout();
    SyncOptions options = SyncOptions.DEFAULT
        .withFullState(parameters.flag("full_state"))
        .withPresence(parameters.presence())
        .withStateMode(parameters.stateMode());
    if (request.device().isPresent()) {
      options = options.withDevice(request.device().get());
    }
    UserId user = request.requester();
    String filter = parameters.filter();
    if (filter.isEmpty() || filter.startsWith("{")) {
      SyncOptions all = filter.isEmpty() ? options : filtered(options, RawJson.of(filter));
      return new Asked<>(engine.sync(user, since, timeout, all), SyncBodies::of);
    }
    SyncOptions unfiltered = options;
    CompletableFuture<SyncResponse> answer = new CompletableFuture<>();
    CompletableFuture<Optional<FilterSpec>> read;
    try {
      read = engine.filterAsync(user, filter);
    } catch (InvalidFilterException e) {
      throw new BadRequestException(invalidParam, String.valueOf(e.getMessage()), e);
    }
    CompletableFuture<Void> unused = read.thenAccept(found -> {
          FilterSpec wanted = found.orElseThrow(
              () -> new BadRequestException(invalidParam, "No such filter", null));
          SyncOptions all = unfiltered.withFilter(wanted);
          if (!answer.isDone()) {
            passOn(engine.sync(user, since, timeout, all), answer);
          }
        })
        .whenComplete((done, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(refusal(failure));
          }
        });
    return new Asked<>(answer, SyncBodies::of);
  }

  /**
   * Returns the error for a request whose filter cannot be read: a bad request if the stored JSON is not a valid
   * filter.
   */
  private Throwable refusal(Throwable failure) {
    return failure.getCause() instanceof InvalidFilterException invalid
        ? BadRequestException.of(invalid, invalidParam)
        : failure;
  }

  private SyncOptions filtered(SyncOptions options, RawJson filter) {
    try {
      return options.withFilter(FilterSpec.parse(filter));
    } catch (InvalidFilterException e) {
      throw BadRequestException.of(e, invalidParam);
    }
  }

  /** Completes an answer as a poll ends; if the answer is cancelled, so is the poll. */
  private static void passOn(
      CompletableFuture<SyncResponse> poll, CompletableFuture<SyncResponse> answer) {
    CompletableFuture<SyncResponse> unused =
        answer.whenComplete((value, failure) -> poll.cancel(true));
    CompletableFuture<SyncResponse> unusedToo = poll.whenComplete((value, failure) -> {
      if (failure == null) {
        answer.complete(value);
      } else {
        answer.completeExceptionally(failure);
      }
    });
  }

  Asked<?> put(RestRequest request, Route route, RawJson body) {
    requireSelf(request, route);
    try {
      return new Asked<>(engine.putFilterAsync(request.requester(), body), Bodies::filterId);
    } catch (InvalidFilterException e) {
      throw BadRequestException.of(e, BAD_JSON);
    }
  }

  Asked<?> get(RestRequest request, Route route) {
    requireSelf(request, route);
    try {
      return new Asked<>(
          engine.getFilterAsync(request.requester(), route.second()),
          found -> found
              .map(Bodies::json)
              .orElseGet(() -> Bodies.error(404, "M_NOT_FOUND", "No such filter")));
    } catch (InvalidFilterException e) {
      throw new BadRequestException(invalidParam, String.valueOf(e.getMessage()), e);
    }
  }

  private void requireSelf(RestRequest request, Route route) {
    UserId owner;
    try {
      owner = UserId.parse(route.first());
    } catch (InvalidIdException e) {
      throw new BadRequestException(invalidParam, String.valueOf(e.getMessage()), e);
    }
    if (!owner.equals(request.requester())) {
      throw BadRequestException.forbidden("Filters of other users cannot be read or made");
    }
  }
}
