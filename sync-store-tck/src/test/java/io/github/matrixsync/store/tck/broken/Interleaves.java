package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two batches that come at once share a transaction and take their positions in turn, as from a sequence. Everything
 * else about them is right. It happens once for certain where the kit's threads write long batches.
 */
final class Interleaves extends ReferenceEventStore {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

  private final Map<List<Append>, List<Long>> done = new HashMap<>(); // guarded by done
  private @Nullable List<Append> waiting; // guarded by done
  private boolean isOver; // guarded by done

  Interleaves(ReferenceLog log) {
    super(log);
  }

  @Override
  public List<Long> store(List<Append> batch, Runnable beforeCommit) {
    boolean isOfARace =
        batch.stream().allMatch(append -> append.event().id().value().startsWith("$race-"));
    boolean isOfTheKit = Thread.currentThread().getName().equals(Threads.NAME);
    if (batch.size() < 3 || !isOfARace || !isOfTheKit) {
      return super.store(batch, beforeCommit);
    }
    beforeCommit.run();
    synchronized (done) {
      if (isOver) {
        return super.store(batch, () -> {});
      }
      List<Append> other = waiting;
      if (other == null) {
        waiting = batch;
        return awaitOther(batch);
      }
      isOver = true;
      storeBoth(other, batch);
      done.notifyAll();
      return List.copyOf(done.getOrDefault(batch, List.of()));
    }
  }

  private List<Long> awaitOther(List<Append> batch) {
    synchronized (done) {
      long deadline = System.nanoTime() + LONGEST;
      long left = LONGEST;
      try {
        while (!isOver && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(done, left);
          left = deadline - System.nanoTime();
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
      boolean isAlone = !isOver;
      isOver = true;
      return isAlone
          ? super.store(batch, () -> {})
          : List.copyOf(done.getOrDefault(batch, List.of()));
    }
  }

  private void storeBoth(List<Append> one, List<Append> other) {
    List<Append> both = new ArrayList<>(one);
    both.addAll(other);
    List<Long> ofOne = new ArrayList<>();
    List<Long> ofOther = new ArrayList<>();
    synchronized (log) {
      requireWorking(false);
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        if (i < one.size()) {
          ofOne.add(log.append(one.get(i), both));
        }
        if (i < other.size()) {
          ofOther.add(log.append(other.get(i), both));
        }
      }
    }
    done.put(one, ofOne);
    done.put(other, ofOther);
  }
}
