package io.github.matrixsync.rest;

import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.rest.Route.Endpoint;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns failures into error answers. If the request was invalid or a limit was exceeded, the client gets the reason;
 * every other failure is logged, and the client gets only its status. Thread-safe.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(RestEdge.class);

  private final String tokenErrcode;
  private final BooleanSupplier isClosed;
  private final FailureLog log;

  /**
   * Creates the error answers of one edge.
   *
   * @param isClosed whether the engine is closed
   */
  Failures(RestSettings settings, BooleanSupplier isClosed, FailureLog log) {
    tokenErrcode = settings.errcodes().token();
    this.isClosed = isClosed;
    this.log = log;
  }

  /**
   * Returns the answer to an exception that was thrown before the engine began to work: by the edge, or by a check of
   * arguments.
   */
  Answer thrown(Endpoint endpoint, Throwable failure) {
    // The edge has checked all else, so what is left for the engine to find wrong is a token.
    if (failure instanceof IllegalArgumentException
        && !(failure instanceof InvalidTokenException)
        && !(failure instanceof InvalidEventException)) {
      LOG.debug("{} refused by the engine", endpoint.request(), failure);
      return Bodies.error(400, tokenErrcode, "a parameter has a value that is of no use here");
    }
    return failed(endpoint, failure);
  }

  /** Returns the answer to a failure of the engine's work, or of making its result an answer. */
  Answer failed(Endpoint endpoint, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    Optional<Answer> refusal = refusal(cause);
    if (refusal.isPresent()) {
      LOG.debug("{} refused: {}", endpoint.request(), cause.getClass().getSimpleName());
      return refusal.get();
    }
    return internal(endpoint.request(), cause);
  }

  /**
   * Returns the answer to a failure that the request did not cause. That of a closed engine is not logged, because the
   * host is ending.
   */
  Answer internal(String request, Throwable cause) {
    if (isClosed.getAsBoolean()) {
      LOG.debug("{} refused, the engine is closed", request, cause);
      return Bodies.error(503, "M_UNKNOWN", "The server is shutting down");
    }
    log.failed(request, cause);
    return Bodies.error(500, "M_UNKNOWN", "Internal server error");
  }

  private Optional<Answer> refusal(Throwable cause) {
    if (cause instanceof BadRequestException bad) {
      return error(bad.status(), bad.errcode(), bad);
    }
    if (cause instanceof InvalidTokenException
        || cause instanceof TokenAheadException
        || cause instanceof TokenExpiredException) {
      return error(400, tokenErrcode, cause);
    }
    if (cause instanceof LimitExceededException limit) {
      return Optional.of(
          Bodies.limitExceeded(String.valueOf(limit.getMessage()), limit.retryAfter()));
    }
    if (cause instanceof RoomNotReadableException) {
      return error(403, "M_FORBIDDEN", cause);
    }
    return Optional.empty();
  }

  private static Optional<Answer> error(int status, String errcode, Throwable cause) {
    return Optional.of(Bodies.error(status, errcode, String.valueOf(cause.getMessage())));
  }
}
