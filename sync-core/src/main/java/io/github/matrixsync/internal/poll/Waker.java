package io.github.matrixsync.internal.poll;

import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.internal.follow.Following;
import io.github.matrixsync.internal.log.Concerned;
import io.github.matrixsync.internal.log.News;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.role.Given;
import io.github.matrixsync.internal.roster.Poll;
import io.github.matrixsync.internal.roster.Polls;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.internal.roster.Roster;
import io.github.matrixsync.internal.roster.Service;
import io.github.matrixsync.internal.run.SerialTasks;
import io.github.matrixsync.internal.run.Threads;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has polls look again when something came that may concern them, on the executor, in chunks.
 *
 * <p>A message into a large room wakes thousands for the same event. Those who had everything before it, and have
 * nothing else to get, are answered here, with a list that they share; every condition for that is one of the look's.
 * All others look. Thread-safe.
 */
public final class Waker {
  private static final int CHUNK = 256;

  private final Roster roster;
  private final Polls polls;
  private final Threads threads;
  private final Following following;
  private final Window window;
  private final InstantSource clock;
  private final boolean hasSettings;
  private final PollBounds bounds;
  private final BiConsumer<Poll, Streams.LookEnd> look;
  private final SerialTasks<Service> serviceLooks;

  /**
   * Wakes the polls of one engine.
   *
   * @param look has a poll that was parked, and is running now, look, and tells when the look has ended
   * @param serviceLooks has the polls of one application service look one after another
   */
  public Waker(
      Given given,
      PollBounds bounds,
      Roster roster,
      Polls polls,
      Following following,
      Window window,
      BiConsumer<Poll, Streams.LookEnd> look,
      SerialTasks<Service> serviceLooks) {
    this.roster = roster;
    this.polls = polls;
    this.threads = given.threads();
    this.following = following;
    this.window = window;
    this.clock = given.clock();
    this.hasSettings = given.roles().hasSettings();
    this.bounds = bounds;
    this.look = look;
    this.serviceLooks = serviceLooks;
  }

  /** Wakes those who are concerned. */
  public void wake(Concerned concerned) {
    wakePeeks(polls.peeks(concerned), concerned.isPresenceAlone());
    for (Poll poll : polls.ofServices(concerned)) {
      Runnable wake = () -> wakeOfService(poll, concerned.isPresenceAlone());
      poll.service().ifPresent(service -> serviceLooks.execute(service, wake));
    }
    News news = concerned.news().orElse(null);
    for (Reader[] group : roster.readers(concerned)) {
      for (int i = 0; i < group.length; i += CHUNK) {
        int from = i;
        int to = Math.min(from + CHUNK, group.length);
        threads.execute(() -> {
          Round round = news == null ? null : round(news);
          for (int reader = from; reader < to; reader++) {
            wake(group[reader], round, concerned.isPresenceAlone());
          }
        });
      }
    }
  }

  private void wakePeeks(List<Poll> peeks, boolean isPresence) {
    for (int i = 0; i < peeks.size(); i += CHUNK) {
      List<Poll> chunk = peeks.subList(i, Math.min(i + CHUNK, peeks.size()));
      threads.execute(() -> chunk.forEach(poll -> wake(poll, null, isPresence)));
    }
  }

  private void wake(Reader reader, @Nullable Round round, boolean isPresence) {
    Poll only = reader.onlyPoll();
    if (only != null) {
      wake(only, round, isPresence);
      return;
    }
    for (Poll poll : reader.polls()) {
      wake(poll, round, isPresence);
    }
  }

  private void wake(Poll poll, @Nullable Round round, boolean isPresence) {
    boolean isHeld = isPresence && poll.holdsPresence();
    if (!isHeld && poll.wake()) {
      polls.counts().countWoken();
      if (round != null && answers(round, poll)) {
        window.hit();
      } else {
        look(poll);
      }
    }
  }

  /**
   * As {@link Round#answers}. A failure, such as of an event that cannot be shown, is one poll's, and left to its own
   * look, which meets it too: the others are woken nevertheless.
   */
  private static boolean answers(Round round, Poll poll) {
    try {
      return round.answers(poll);
    } catch (Throwable e) {
      return false;
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

  private void look(Poll poll) {
    look.accept(poll, this::countIfParked);
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

  /**
   * Returns how to answer with the news, unless more has come, or what that takes fails, such as the host's clock: then
   * each poll looks for itself, and meets the failure if it lasts.
   */
  private @Nullable Round round(News news) {
    try {
      StreamToken end = following.woken();
      return end.room() == news.through()
          ? new Round(news, end, clock.instant(), window, bounds, hasSettings)
          : null;
    } catch (Throwable e) {
      return null;
    }
  }
}
