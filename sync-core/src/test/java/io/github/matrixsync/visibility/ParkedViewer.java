package io.github.matrixsync.visibility;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A user or an application service with a poll that is parked again after each answer. Confined to one thread, on which
 * the engine answers too.
 */
final class ParkedViewer {
  private static final Duration FOREVER = Duration.ofHours(1);

  private final SyncEngine engine;
  private final UserId viewer;
  private final StreamOptions options;
  private final List<Integer> received = new ArrayList<>();

  /** Parks a poll after a position. */
  ParkedViewer(SyncEngine engine, String viewer, StreamOptions options, long after) {
    this.engine = engine;
    this.viewer = EventWriter.user(viewer);
    this.options = options;
    park(StreamToken.of(after, 0, 0));
  }

  private void park(StreamToken from) {
    engine.stream(viewer, from, FOREVER, options).thenAccept(this::take);
  }

  private void take(EventBatch batch) {
    batch.chunk().forEach(event -> received.add(EventWriter.number(event.id().orElseThrow())));
    if (!batch.chunk().isEmpty()) {
      park(batch.end());
    }
  }

  /** Returns the events received since the last call. */
  List<Integer> received() {
    List<Integer> since = List.copyOf(received);
    received.clear();
    return since;
  }
}
