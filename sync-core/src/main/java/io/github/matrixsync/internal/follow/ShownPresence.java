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
 * Up to where presence wakes polls, and is shown to polls that were woken. It goes after what is followed.
 *
 * <p>Whom a change concerns depends on the user's rooms, and those of a user whom nobody reads for are not known. They
 * are read here, aside from all that others wait for, and for many users at once; then the position moves past their
 * changes, and polls are woken. The roster keeps what was read, so the next changes of these users need no read. While
 * nobody polls nothing is read: a poll that begins looks at all that is followed.
 *
 * <p>If the rooms cannot be read, everybody is woken, since a poll that is woken for nothing parks again and one that
 * is not woken is lost. Thread-safe.
 */
final class ShownPresence {
  /** The most users of one read. */
  static final int BATCH = 100;

  private final CoalescingFollower<UserId, PresenceChange> presence;
  private final Roster roster;
  private final EngineThreads threads;
  private final WakeUpRelay.Listener waker;
  private final OutageLog outages = new OutageLog("whom a change concerns");
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long position; // written by one task at a time

  /** Begins where presence is followed to. */
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

  /** Returns the position, at most the one that is followed. Never falls. */
  long position() {
    return position;
  }

  /** Has the position move on soon, as far as it goes. Does not block. */
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

  /** Adds those whom changes concern, or the first of them if many must be read. Returns the position they go to. */
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

  /** Takes hold of those who changed, up to the last whose rooms one read may bring. */
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
    } catch (RuntimeException e) {
      long now = threads.nanoTime();
      outages.happened(now, now, "cannot be read, so all are woken", e);
      targets.addEveryone();
    }
  }
}
