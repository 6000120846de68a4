package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.filter.InvalidFilterException;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge.Asked;

/** Asks the engine for filters. Thread-safe. */
final class FilterEndpoints {
  private static final String BAD_JSON = "M_BAD_JSON";

  private final SyncApi engine;
  private final String invalidParam;

  FilterEndpoints(SyncApi engine, RestSettings settings) {
    this.engine = engine;
    this.invalidParam = settings.errcodes().other();
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
