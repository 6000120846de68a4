package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.RoomId;
import java.util.List;
import java.util.Optional;

/** Looks that never find anything, for tests of single polls. */
public final class NoLooks implements Looks<StreamOptions, EventBatch> {
  /** Returns the kind of polls with such looks and an owner. */
  public static Poll.Kind<StreamOptions, EventBatch> of(Poll.Owner owner) {
    return new Poll.Kind<>(owner, new NoLooks());
  }

  @Override
  public EventBatch look(
      Poll<StreamOptions, EventBatch> poll,
      boolean mayBlock,
      UnfinishedLook<EventBatch> unfinished) {
    return nothing(poll);
  }

  @Override
  public EventBatch nothing(Poll<StreamOptions, EventBatch> poll) {
    return new EventBatch(poll.start(), poll.after(), List.of());
  }

  @Override
  public boolean isEmpty(EventBatch batch) {
    return true;
  }

  @Override
  public boolean isPresenceOnly(EventBatch batch) {
    return false;
  }

  @Override
  public Optional<RoomId> room(StreamOptions options) {
    return options.room();
  }

  @Override
  public Optional<ServiceNamespaces> service(StreamOptions options) {
    return options.service();
  }
}
