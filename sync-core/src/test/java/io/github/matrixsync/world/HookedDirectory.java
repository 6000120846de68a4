package io.github.matrixsync.world;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.RoomDirectory;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A room directory that does what a test wants when it has been asked, which is when a snapshot's rooms have been read.
 * What is published then is not in that answer.
 */
public final class HookedDirectory implements RoomDirectory {
  public final Set<RoomId> published = new HashSet<>();
  private volatile Runnable after = () -> {};

  /** Does this from now on after each read. */
  public void after(Runnable hook) {
    after = hook;
  }

  /** Does this after the next read alone. */
  public void afterNext(Runnable hook) {
    after = () -> {
      calm();
      hook.run();
    };
  }

  /** Does nothing special from now on. */
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
