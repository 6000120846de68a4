package io.github.matrixsync.internal.poll;

import io.github.matrixsync.internal.roster.Subscriber;
import io.github.matrixsync.internal.follow.WakeUps;
import io.github.matrixsync.internal.log.Concerned;
import io.github.matrixsync.internal.roster.Poll;
import io.github.matrixsync.internal.roster.Polls;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.internal.roster.Roster;
import io.github.matrixsync.internal.roster.Service;
import io.github.matrixsync.internal.run.SerialTasks;
import io.github.matrixsync.internal.run.Threads;
import java.util.List;
import java.util.function.BiConsumer;

/** Has polls look again when something came that may concern them, on the executor, in chunks. Thread-safe. */
public final class Waker implements WakeUps.Listener {
  private static final int CHUNK = 256;

  private final Roster roster;
  private final Polls polls;
  private final Threads threads;
  private final BiConsumer<Poll, Streams.LookEnd> look;
  private final SerialTasks<Service> serviceLooks;

  /**
   * Wakes the polls of one engine.
   *
   * @param look has a poll that was parked, and is running now, look, and tells when the look has ended
   * @param serviceLooks has the polls of one application service look one after another
   */
  public Waker(
      Threads threads,
      Roster roster,
      Polls polls,
      BiConsumer<Poll, Streams.LookEnd> look,
      SerialTasks<Service> serviceLooks) {
    this.roster = roster;
    this.polls = polls;
    this.threads = threads;
    this.look = look;
    this.serviceLooks = serviceLooks;
  }

  @Override
  public void wake(Concerned concerned) {
    wakePeeks(polls.peeks(concerned), concerned.isPresenceAlone());
    for (Poll poll : polls.ofServices(concerned)) {
      Runnable wake = () -> wakeOfService(poll, concerned.isPresenceAlone());
      poll.service().ifPresent(service -> serviceLooks.execute(service, wake));
    }
    for (Reader[] group : roster.readers(concerned)) {
      for (int i = 0; i < group.length; i += CHUNK) {
        int from = i;
        int to = Math.min(from + CHUNK, group.length);
        threads.execute(() -> {
          for (int reader = from; reader < to; reader++) {
            wake(Subscriber.of(group[reader]), concerned.isPresenceAlone());
          }
        });
      }
    }
  }

  private void wakePeeks(List<Poll> peeks, boolean isPresence) {
    for (int i = 0; i < peeks.size(); i += CHUNK) {
      List<Poll> chunk = peeks.subList(i, Math.min(i + CHUNK, peeks.size()));
      threads.execute(() -> chunk.forEach(poll -> wake(poll, isPresence)));
    }
  }

  private void wake(Subscriber reader, boolean isPresence) {
    Poll only = reader.onlyPoll();
    if (only != null) {
      wake(only, isPresence);
      return;
    }
    for (Poll poll : reader.polls()) {
      wake(poll, isPresence);
    }
  }

  private void wake(Poll poll, boolean isPresence) {
    boolean isHeld = isPresence && poll.holdsPresence();
    if (!isHeld && poll.wake()) {
      polls.counts().countWoken();
      look.accept(poll, this::countIfParked);
    }
  }

  /**
   * Has a service's poll look. That is how it is found out whether anything concerns the service, so it counts as woken
   * only if it answers.
   */
  private void wakeOfService(Poll poll, boolean isPresence) {
    boolean isHeld = isPresence && poll.holdsPresence();
    if (!isHeld && poll.wake()) {
      look.accept(poll, this::countUnlessParked);
    }
  }

  private void countIfParked(boolean parked) {
    if (parked) {
      polls.counts().countWokenForNothing();
    }
  }

  private void countUnlessParked(boolean parked) {
    if (!parked) {
      polls.counts().countWoken();
    }
  }
}
