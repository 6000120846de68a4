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
  static final int SET = 100;

  private final CoalescingFollower<UserId, PresenceChange> presence;
  private final Roster roster;
  private final EngineThreads threads;
  private final WakeUpRelay.Listener waker;
  private final OutageLog blind = new OutageLog("whom a change concerns");
  private final AtomicBoolean waiting = new AtomicBoolean();
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
  void goOn() {
    if (position < presence.published() && waiting.compareAndSet(false, true)) {
      try {
        threads.aside(this::moveOn);
      } catch (Throwable e) {
        waiting.set(false);
        throw e;
      }
    }
  }

  private void moveOn() {
    waiting.set(false);
    long followed = presence.published();
    if (!roster.isRead()) {
      position = followed;
      return;
    }
    WakeUpTargets concerned = new WakeUpTargets();
    concerned.setPresenceAlone();
    Optional<Collection<PresenceChange>> changes = presence.kept(position, followed);
    if (changes.isEmpty()) {
      concerned.addEveryone();
    }
    position = changes.map(known -> addConcerned(known, followed, concerned)).orElse(followed);
    waker.wake(concerned);
    goOn();
  }

  /** Adds those whom changes concern, or the first of them if many must be read. Returns the position they go to. */
  private long addConcerned(
      Collection<PresenceChange> changes, long followed, WakeUpTargets concerned) {
    List<Reader> held = new ArrayList<>();
    try {
      long through = hold(changes, followed, held);
      add(held, concerned);
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
      if (unknown == SET) {
        return change.position();
      }
    }
    return followed;
  }

  private void add(List<Reader> changed, WakeUpTargets concerned) {
    try {
      if (!roster.loadAll(changed)) {
        concerned.addEveryone();
      }
      changed.forEach(reader -> roster.addAround(reader, concerned));
      if (blind.isOn()) {
        blind.over(threads.nanoTime(), "can be read again; failures");
      }
    } catch (RuntimeException e) {
      long now = threads.nanoTime();
      blind.happened(now, now, "cannot be read, so all are woken", e);
      concerned.addEveryone();
    }
  }
}
