package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.internal.appservice.AppService;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.SerialTasks;
import io.github.matrixsync.internal.follow.WakeUpRelay;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.Roster;
import java.util.List;
import java.util.function.BiConsumer;

/** Wakes parked polls that new events may concern, in chunks on the executor. Thread-safe. */
public final class Waker implements WakeUpRelay.Listener {
  private static final int CHUNK = 256;

  private final Roster roster;
  private final PollRegistry polls;
  private final EngineThreads threads;
  private final BiConsumer<Poll<?, ?>, LongPolls.LookEnd> look;
  private final SerialTasks<AppService> serviceLooks;

  /**
   * Creates the waker of one engine.
   *
   * @param look makes a woken poll look, and calls back when the look has ended
   * @param serviceLooks runs the looks of one application service one after another
   */
  public Waker(
      EngineThreads threads,
      Roster roster,
      PollRegistry polls,
      BiConsumer<Poll<?, ?>, LongPolls.LookEnd> look,
      SerialTasks<AppService> serviceLooks) {
    this.roster = roster;
    this.polls = polls;
    this.threads = threads;
    this.look = look;
    this.serviceLooks = serviceLooks;
  }

  @Override
  public void wake(WakeUpTargets targets) {
    wakePeeks(polls.peeks(targets), targets.isPresenceOnly());
    for (Poll<?, ?> poll : polls.ofServices(targets)) {
      Runnable wake = () -> wakeOfService(poll, targets.isPresenceOnly());
      poll.service().ifPresent(service -> serviceLooks.execute(service, wake));
    }
    for (Reader[] group : roster.readers(targets)) {
      for (int i = 0; i < group.length; i += CHUNK) {
        int from = i;
        int to = Math.min(from + CHUNK, group.length);
        threads.execute(() -> {
          for (int reader = from; reader < to; reader++) {
            wake(Subscriber.of(group[reader]), targets.isPresenceOnly());
          }
        });
      }
    }
  }

  private void wakePeeks(List<Poll<?, ?>> peeks, boolean isPresence) {
    for (int i = 0; i < peeks.size(); i += CHUNK) {
      List<Poll<?, ?>> chunk = peeks.subList(i, Math.min(i + CHUNK, peeks.size()));
      threads.execute(() -> chunk.forEach(poll -> wake(poll, isPresence)));
    }
  }

  private void wake(Subscriber reader, boolean isPresence) {
    Poll<?, ?> only = reader.onlyPoll();
    if (only != null) {
      wake(only, isPresence);
      return;
    }
    for (Poll<?, ?> poll : reader.polls()) {
      wake(poll, isPresence);
    }
  }

  private void wake(Poll<?, ?> poll, boolean isPresence) {
    boolean isHeld = isPresence && poll.holdsPresence();
    if (!isHeld && poll.wake()) {
      polls.counts().countWoken();
      look.accept(poll, this::countIfParked);
    }
  }

  /**
   * Makes a service's poll look. Only the look finds out whether an event concerns the service, so it counts as woken
   * only if it answers.
   */
  private void wakeOfService(Poll<?, ?> poll, boolean isPresence) {
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
