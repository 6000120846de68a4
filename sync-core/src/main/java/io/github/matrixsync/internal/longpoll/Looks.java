package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the looks of polls of one kind, and reads their requests and answers for the long poll, which handles all kinds
 * alike. Thread-safe.
 *
 * @param <R> the request, apart from user, token and timeout
 * @param <A> the answer
 */
public interface Looks<R, A> {
  /**
   * Makes one look of a running poll: selects all that is new between the poll's token and the published end. Records
   * with {@link Poll#looked} how far it looked.
   *
   * @param mayBlock whether a store may be read
   * @param unfinished takes a task that completes the look, if what is missing must be read from a store and {@code
   *     mayBlock} is false; that task calls {@link Poll#looked}
   * @return the answer, which may be empty; null if a store must be read and may not
   */
  @Nullable A look(Poll<R, A> poll, boolean mayBlock, UnfinishedLook<A> unfinished);

  /** Returns an empty answer that ends where the poll's last look ended. Does not block. */
  A nothing(Poll<R, A> poll);

  /** Returns whether an answer has nothing for which a poll would end before its time is up. */
  boolean isEmpty(A answer);

  /** Returns whether an answer that is not empty has presence and nothing else. */
  boolean isPresenceOnly(A answer);

  /** Returns the one room that a request is for; empty: everything that is due to the user. */
  default Optional<RoomId> room(R request) {
    return Optional.empty();
  }

  /** Returns the namespaces of the application service whose stream a request is for; empty: the user's. */
  default Optional<ServiceNamespaces> service(R request) {
    return Optional.empty();
  }

  /** Tells the host that a poll begins. */
  default void tellBegan(PollObserver observer, UserId user, R request) {
    observer.pollBegan(user);
  }

  /** Tells the host that a poll has ended. */
  default void tellEnded(PollObserver observer, UserId user, R request) {
    observer.pollEnded(user);
  }
}
