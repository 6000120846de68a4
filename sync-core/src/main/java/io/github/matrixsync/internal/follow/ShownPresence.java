package io.github.matrixsync.internal.follow;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tracks the position up to which presence wakes polls and is shown to woken polls. It is at or behind the position
 * that is followed.
 *
 * <p>Which polls a change concerns depends on the user's rooms, which are not loaded if the user has no polls. They are
 * read here, on a lane of their own and for many users at once; then the position moves past their changes, and polls
 * are woken. The roster caches the rooms, so the next changes of these users need no read. While there are no polls
 * nothing is read: a new poll looks at everything that is followed.
 *
 * <p>If the rooms cannot be read, all polls are woken: a poll that is woken without need parks again, but one that is
 * not woken would miss the change. Thread-safe.
 */
final class ShownPresence {
  /** The maximum number of users in one read. */
  static final int BATCH = 100;

  private final CoalescingFollower<UserId, PresenceChange> presence;
  private final Roster roster;
  private final EngineThreads threads;
  private final WakeUpRelay.Listener waker;
  private final OutageLog outages = new OutageLog("rooms of users whose presence changed");
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long position; // written by one task at a time

  /** Makes an instance that begins where presence is followed to. */
  ShownPresence(
      CoalescingFollower<UserId, PresenceChange> presence,
      Roster roster,
      EngineThreads threads,
      WakeUpRelay.Listener waker) {
    this.presence = presence;
    this.roster = roster;
    this.threads = threads;
    this.waker = waker;
    position = presence.published();
  }

  /** Returns the position, at most the one that is followed. It never falls. */
  long position() {
    return position;
  }

  /** Schedules an advance of the position to the one that is followed. Does not block. */
  void advanceSoon() {
    if (position < presence.published() && scheduled.compareAndSet(false, true)) {
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
    long followed = presence.published();
    if (!roster.isInUse()) {
      position = followed;
      return;
    }
    WakeUpTargets targets = new WakeUpTargets();
    targets.setPresenceOnly();
    Optional<Collection<PresenceChange>> changes = presence.cached(position, followed);
    if (changes.isEmpty()) {
      targets.addEveryone();
    }
    position = changes.map(known -> addTargets(known, followed, targets)).orElse(followed);
    waker.wake(targets);
    advanceSoon();
  }

  /** Adds the targets of the changes, or of the first ones if many users must be read. Returns the position reached. */
  private long addTargets(
      Collection<PresenceChange> changes, long followed, WakeUpTargets targets) {
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
  private long hold(Collection<PresenceChange> changes, long followed, List<Reader> held) {
    int unknown = 0;
    for (PresenceChange change : changes) {
      Reader reader = roster.acquire(change.user());
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
      long now = threads.nanoTime();
      outages.happened(now, now, "cannot be read, so all polls are woken", e);
      targets.addEveryone();
    }
  }
}
