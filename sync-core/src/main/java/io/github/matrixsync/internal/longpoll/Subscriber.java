package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.membership.Reader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reader with its polls. Thread-safe; its own lock guards the list. */
public final class Subscriber extends Reader {
  private static final Poll<?, ?>[] NO_POLLS = {};

  private @Nullable Poll<?, ?> newestPoll; // guarded by this

  public Subscriber(UserId user) {
    super(user);
  }

  /** Casts a reader: all readers of an engine are subscribers. */
  public static Subscriber of(Reader reader) {
    return (Subscriber) reader;
  }

  /** Adds a poll. Returns false if there are {@code most} already. */
  public synchronized boolean add(Poll<?, ?> poll, int most) {
    Poll<?, ?> older = newestPoll;
    int others = older == null ? 0 : older.rank;
    if (others >= most) {
      return false;
    }
    poll.rank = others + 1;
    poll.older = older;
    if (older != null) {
      older.newer = poll;
    }
    newestPoll = poll;
    return true;
  }

  /** Removes a poll, if it is in the list. */
  public synchronized void remove(Poll<?, ?> poll) {
    Poll<?, ?> newest = newestPoll;
    Poll<?, ?> older = poll.older;
    Poll<?, ?> newer = poll.newer;
    if (newest == null || (newer == null && newest != poll)) {
      return;
    }
    int left = newest.rank - 1;
    if (newer != null) {
      newer.older = older;
    } else {
      newestPoll = older;
    }
    if (older != null) {
      older.newer = newer;
    }
    poll.older = null;
    poll.newer = null;
    if (newestPoll != null) {
      newestPoll.rank = left;
    }
  }

  /** Returns the poll of the user's stream, if it is the only poll. */
  public synchronized @Nullable Poll<?, ?> onlyPoll() {
    Poll<?, ?> newest = newestPoll;
    return newest == null || newest.older != null || !newest.isOfUser() ? null : newest;
  }

  /** Returns the present polls of the user's stream. */
  public Poll<?, ?>[] polls() {
    return polls(Poll::isOfUser);
  }

  /** Returns all present polls, including those of one room or an application service. */
  Poll<?, ?>[] allPolls() {
    return polls(poll -> true);
  }

  private synchronized Poll<?, ?>[] polls(Predicate<Poll<?, ?>> which) {
    int count = 0;
    for (Poll<?, ?> poll = newestPoll; poll != null; poll = poll.older) {
      count += which.test(poll) ? 1 : 0;
    }
    if (count == 0) {
      return NO_POLLS;
    }
    Poll<?, ?>[] polls = new Poll<?, ?>[count];
    for (Poll<?, ?> poll = newestPoll; poll != null; poll = poll.older) {
      if (which.test(poll)) {
        polls[--count] = poll;
      }
    }
    return polls;
  }
}
