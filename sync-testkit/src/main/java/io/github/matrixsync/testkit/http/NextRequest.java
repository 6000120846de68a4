package io.github.matrixsync.testkit.http;

import java.time.Duration;

/**
 * What goes wrong with the next request of a pattern, or with the next few. What is asked is done only if the method
 * says so. If no such request comes at all, closing the world fails. Confined to one thread.
 *
 * @since 0.1.0
 */
public interface NextRequest {
  /** Lets it go wrong for this many requests instead of one. */
  NextRequest times(int count);

  /** Answers with an error of this status, and does nothing. */
  void answers(int status);

  /** Answers that there are too many requests, and does nothing; the client is asked to wait for a time. */
  void limits(Duration retryAfter);

  /** Does what is asked, and ends the connection in the middle of the answer's body. */
  void cutsTheBody();

  /** Ends the connection without an answer, and does nothing. */
  void hangsUp();

  /** Does what is asked, and ends the connection without an answer. */
  void hangsUpAfterDoing();

  /** Does what is asked only after a time, which the test must let pass. */
  void takes(Duration time);

  /** Answers with something that is no JSON, and does nothing. */
  void answersNonsense();
}
