package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Indexes the polls that have begun and not ended. A poll is linked to its reader under the reader's own lock, so
 * registrations do not contend; polls of one room and of application services, which are few, are also indexed here.
 * Thread-safe.
 */
public final class PollRegistry {
  private final ReaderRegistry readers;
  private final int mostOfUser;
  private final LongAdder count = new LongAdder();
  private final PollCounters counts = new PollCounters();
  private final Set<Poll<?, ?>> ofServices = ConcurrentHashMap.newKeySet();
  private final Map<RoomId, Set<Poll<?, ?>>> peeks = new HashMap<>(); // guarded by this

  /**
   * Creates an empty registry.
   *
   * @param mostOfUser the most polls of one user at a time
   */
  public PollRegistry(ReaderRegistry readers, int mostOfUser) {
    this.readers = readers;
    this.mostOfUser = mostOfUser;
  }

  /** Registers a poll, whose reader is acquired, for wake-ups. Returns false if the user has too many polls. */
  public boolean register(Poll<?, ?> poll) {
    count.increment();
    counts.countBegun();
    if (!poll.reader().add(poll, mostOfUser)) {
      counts.countRefused();
      return false;
    }
    if (poll.isOfService()) {
      ofServices.add(poll);
    }
    poll.room().ifPresent(room -> addPeek(room, poll));
    return true;
  }

  /** Removes a poll, whether it was registered or refused. */
  public void deregister(Poll<?, ?> poll) {
    count.decrement();
    poll.reader().remove(poll);
    if (poll.isOfService()) {
      ofServices.remove(poll);
    }
    poll.room().ifPresent(room -> removePeek(room, poll));
  }

  /** Returns the number of polls. */
  public int count() {
    return count.intValue();
  }

  /** Returns the counters of polls. */
  public PollCounters counts() {
    return counts;
  }

  /** Calls {@code each} with every poll. */
  public void forEach(Consumer<Poll<?, ?>> each) {
    for (Reader reader : readers.all()) {
      for (Poll<?, ?> poll : Subscriber.of(reader).allPolls()) {
        each.accept(poll);
      }
    }
  }

  /**
   * Returns the polls of application services, all of them if anything in rooms changed. They are few, and their looks
   * find out what concerns them.
   */
  public Set<Poll<?, ?>> ofServices(WakeUpTargets targets) {
    return targets.mayConcernServices() ? ofServices : Set.of();
  }

  /** Returns the one-room polls to wake. */
  public synchronized List<Poll<?, ?>> peeks(WakeUpTargets targets) {
    List<Poll<?, ?>> found = new ArrayList<>();
    if (targets.isEveryone()) {
      peeks.values().forEach(found::addAll);
    } else {
      targets.rooms().forEach(room -> found.addAll(peeks.getOrDefault(room, Set.of())));
      targets.peeks().forEach(room -> found.addAll(peeks.getOrDefault(room, Set.of())));
    }
    return found;
  }

  /** Returns whether no counter, index or reader has a poll left. For tests: iterates over all readers. */
  public synchronized boolean areAllGone() {
    return count() == 0
        && peeks.isEmpty()
        && ofServices.isEmpty()
        && readers.areAllIdle()
        && readers.all().stream().allMatch(reader -> Subscriber.of(reader).allPolls().length == 0);
  }

  private synchronized void addPeek(RoomId room, Poll<?, ?> poll) {
    peeks.computeIfAbsent(room, r -> new HashSet<>()).add(poll);
  }

  private synchronized void removePeek(RoomId room, Poll<?, ?> poll) {
    peeks.computeIfPresent(room, (r, polls) -> {
      polls.remove(poll);
      return polls.isEmpty() ? null : polls;
    });
  }
}
