package io.github.matrixsync.operation;

import io.github.matrixsync.event.UserId;

/**
 * Is told of every poll, so that a host can keep presence without wrapping calls. Each beginning is followed by exactly
 * one end, however the poll ends. Called on any thread, with no lock held; must return soon.
 *
 * @since 0.1.0
 */
public interface PollObserver {
  /**
   * A poll of {@code user} begins; nothing of the stream has been looked at, so what is set here lies before a poll
   * without a token.
   */
  void pollBegan(UserId user);

  /** A poll of {@code user} has ended: answered, failed or cancelled. */
  void pollEnded(UserId user);
}
