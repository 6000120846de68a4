package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.EventFormat;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.StateMode;
import io.github.matrixsync.sync.SyncOptions;
import java.time.Instant;
import java.util.Set;

/**
 * What is the same for all rooms of one answer. Immutable.
 *
 * @param user who asks
 * @param options what is asked
 * @param ignored the users whom the user ignores
 * @param end the token at which the answer ends
 * @param now the time from which ages count
 * @param allMembers whether all members are sent, also if the filter asks to load them lazily
 */
// More than five parameters: one for each thing that is the same for all rooms.
public record ViewerContext(
    UserId user,
    SyncOptions options,
    Set<UserId> ignored,
    StreamToken end,
    Instant now,
    boolean allMembers) {
  /** Creates the context of an answer that sends members as the filter asks. */
  public ViewerContext(
      UserId user, SyncOptions options, Set<UserId> ignored, StreamToken end, Instant now) {
    this(user, options, ignored, end, now, false);
  }

  /** Returns the same for an answer that sends all members. */
  public ViewerContext withAllMembers() {
    return new ViewerContext(user, options, ignored, end, now, true);
  }

  /** Returns the same for an answer that ends at another token. */
  public ViewerContext endingAt(StreamToken other) {
    return other.equals(end)
        ? this
        : new ViewerContext(user, options, ignored, other, now, allMembers);
  }

  public FilterSpec filter() {
    return options.filter();
  }

  public StateMode stateMode() {
    return options.stateMode();
  }

  /** Returns the form of room events. */
  public EventForm form() {
    return filter().eventFormat() == EventFormat.FEDERATION ? EventForm.FEDERATION : EventForm.SYNC;
  }

  /** Returns whether member entries are sent only where they are needed. */
  public boolean isLazy() {
    return filter().room().state().lazyLoadMembers() && !allMembers;
  }
}
