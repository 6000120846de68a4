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
 * A user or an application service whose poll is always parked, so that what comes wakes it. Confined to one thread, on
 * which the engine answers too.
 */
final class Listener {
  private static final Duration FOREVER = Duration.ofHours(1);

  private final SyncEngine engine;
  private final UserId viewer;
  private final StreamOptions options;
  private final List<Integer> heard = new ArrayList<>();

  /** Begins to listen after a place. */
  Listener(SyncEngine engine, String viewer, StreamOptions options, long after) {
    this.engine = engine;
    this.viewer = Scribe.user(viewer);
    this.options = options;
    park(StreamToken.of(after, 0, 0));
  }

  private void park(StreamToken from) {
    engine.stream(viewer, from, FOREVER, options).thenAccept(this::take);
  }

  private void take(EventBatch batch) {
    batch.chunk().forEach(event -> heard.add(Scribe.number(event.id().orElseThrow())));
    if (!batch.chunk().isEmpty()) {
      park(batch.end());
    }
  }

  /** Returns which events came since this was last asked. */
  List<Integer> heard() {
    List<Integer> since = List.copyOf(heard);
    heard.clear();
    return since;
  }
}
