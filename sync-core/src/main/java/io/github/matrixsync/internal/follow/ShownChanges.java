package io.github.matrixsync.internal.follow;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.store.ephemeral.CoalescingStream.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Tracks the position up to which changes of users, such as presence, wake the polls of those who share a room with
 * them and are shown to woken polls. It is at or behind the position that is followed.
 *
 * <p>Which polls a change concerns depends on the user's rooms, which are not loaded if the user has no polls. They are
 * read here, on a lane of their own and for many users at once; then the position moves past their changes, and polls
 * are woken. The roster caches the rooms, so the next changes of these users need no read. While there are no polls
 * nothing is read: a new poll looks at everything that is followed.
 *
 * <p>If the rooms cannot be read, all polls are woken: a poll that is woken without need parks again, but one that is
 * not woken would miss the change. Thread-safe.
 */
final class ShownChanges<C extends Change> {
  /** The maximum number of users in one read. */
  static final int BATCH = 100;

  private final CoalescingFollower<UserId, C> follower;
  private final Function<C, UserId> user;
  private final boolean isPresence;
  private final Roster roster;
  private final EngineThreads threads;
  private final WakeUpRelay.Listener waker;
  private final OutageLog outages;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long position; // written by one task at a time

  /**
   * Makes an instance that begins where the changes are followed to.
   *
   * @param isPresence whether the changes are those of presence
   */
  ShownChanges(
      CoalescingFollower<UserId, C> follower,
      Function<C, UserId> user,
      boolean isPresence,
      Roster roster,
      FollowerContext context) {
    this.follower = follower;
    this.user = user;
    this.isPresence = isPresence;
    this.roster = roster;
    threads = context.threads();
    waker = context.waker();
    outages = new OutageLog("rooms of users whose " + follower.name() + " changed");
    position = follower.published();
  }

  /** Returns the position, at most the one that is followed. It never falls. */
  long position() {
    return position;
  }

  /** Schedules an advance of the position to the one that is followed. Does not block. */
  void advanceSoon() {
    if (position < follower.published() && scheduled.compareAndSet(false, true)) {
      try {
        threads.aside(this::advance);
      } catch (Throwable e) {
        scheduled.set(false);
        throw e;
      }
    }
  }

  private void advance() {
    scheduled.set(false);
    long followed = follower.published();
    if (!roster.isInUse()) {
      position = followed;
      return;
    }
    WakeUpTargets targets = new WakeUpTargets();
    if (isPresence) {
      targets.setPresenceOnly();
    }
    Optional<Collection<C>> changes = follower.cached(position, followed);
    if (changes.isEmpty()) {
      targets.addEveryone();
    }
    position = changes.map(known -> addTargets(known, followed, targets)).orElse(followed);
    waker.wake(targets);
    advanceSoon();
  }

  /** Adds the targets of the changes, or of the first ones if many users must be read. Returns the position reached. */
  private long addTargets(Collection<C> changes, long followed, WakeUpTargets targets) {
    List<Reader> held = new ArrayList<>();
    try {
      long through = hold(changes, followed, held);
      add(held, targets);
      return through;
    } finally {
      held.forEach(roster::release);
    }
  }

  /** Acquires the readers of the changed users, up to the maximum of one read. Returns the position reached. */
  private long hold(Collection<C> changes, long followed, List<Reader> held) {
    int unknown = 0;
    for (C change : changes) {
      Reader reader = roster.acquire(user.apply(change));
      held.add(reader);
      unknown += reader.isLoaded() ? 0 : 1;
      if (unknown == BATCH) {
        return change.position();
      }
    }
    return followed;
  }

  private void add(List<Reader> changed, WakeUpTargets targets) {
    try {
      if (!roster.loadAll(changed)) {
        targets.addEveryone();
      }
      changed.forEach(reader -> roster.addAround(reader, targets));
      if (outages.isOn()) {
        outages.over(threads.nanoTime(), "can be read again; failures");
      }
    } catch (Throwable e) {
      if (!follower.isClosed()) {
        long now = threads.nanoTime();
        outages.happened(now, now, "cannot be read, so all polls are woken", e);
      }
      targets.addEveryone();
    }
  }
}
