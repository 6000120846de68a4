package io.github.matrixsync.testkit.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The HTTP server of a world, on a port of 127.0.0.1: the Client-Server API below {@code v3}, {@code r0} and {@code
 * api/v1} over the rooms, users and time of the world. A request that the server does not know fails the test. Polls
 * are answered at once when the test acts, or lets their time pass. Thread-safe.
 *
 * @since 0.1.0
 */
public interface WorldServer {
  /** Returns the address of the server, without a slash at its end. */
  URI url();

  /**
   * Expects requests, at least one unless the returned object is told otherwise.
   *
   * @throws IllegalArgumentException if no request of the API can match
   */
  ExpectedRequest expects(RequestPattern pattern);

  /**
   * Lets something go wrong with the next request that matches. If none comes, closing the world fails.
   *
   * @throws IllegalArgumentException if no request of the API can match
   */
  NextRequest next(RequestPattern pattern);

  /** Returns all requests so far, in the order in which they came. */
  List<ServedRequest> requests();

  /** Lets requests that the server does not know be answered with 404 or 405 only, without failing the test. */
  void allowsRefusals();

  /**
   * As {@link #settle(Duration)} with 100 milliseconds.
   *
   * @throws IllegalStateException as {@link #settle(Duration)} does
   */
  void settle();

  /**
   * Waits until no request is being answered, apart from polls that wait for events, all pushes to application services
   * have ended, and nothing of both has begun for a while. That something did not happen is only likely afterwards: a
   * bridge may still be at work.
   *
   * @param quietFor in real time
   * @throws IllegalStateException if that is not so after 5 seconds, or an application service cannot be reached
   */
  void settle(Duration quietFor);

  /** Returns the routes of the API, such as {@code POST join/*}, in alphabetical order. */
  List<String> routes();
}
