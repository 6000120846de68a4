package io.github.matrixsync.world;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.RoomDirectory;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A room directory that runs a hook after each read. A snapshot has read its rooms by then; what the hook publishes is
 * not in the answer.
 */
public final class HookedDirectory implements RoomDirectory {
  public final Set<RoomId> published = new HashSet<>();
  private volatile Runnable after = () -> {};

  /** Sets a hook that runs after each read. */
  public void after(Runnable hook) {
    after = hook;
  }

  /** Sets a hook that runs after the next read only. */
  public void afterNext(Runnable hook) {
    after = () -> {
      calm();
      hook.run();
    };
  }

  /** Removes the hook. */
  public void calm() {
    after = () -> {};
  }

  @Override
  public Set<RoomId> published(Collection<RoomId> rooms) {
    Set<RoomId> answer = new HashSet<>(rooms);
    answer.retainAll(published);
    after.run();
    return answer;
  }

  @Override
  public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
    return Map.of();
  }
}
