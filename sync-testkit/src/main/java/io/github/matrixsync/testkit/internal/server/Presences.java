package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.testkit.internal.run.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The presence of users who have set one. A user who is online and does nothing becomes unavailable after five minutes,
 * and offline after thirty minutes unless they have a poll open. Thread-safe.
 */
public final class Presences {
  static final Duration IDLE = Duration.ofMinutes(5);
  static final Duration GONE = Duration.ofMinutes(30);

  private static final class Person {
    private PresenceState state = PresenceState.OFFLINE;
    private Instant lastActive = Instant.EPOCH;
    private Optional<String> name = Optional.empty();
    private Scheduler.@Nullable Scheduled next;
  }

  private final Timeline timeline;
  private final Predicate<UserId> polls;
  private final Map<UserId, Person> people = new HashMap<>(); // guarded by this
  private SettablePresenceStore store; // guarded by this

  Presences(SettablePresenceStore store, Timeline timeline, Predicate<UserId> polls) {
    this.store = store;
    this.timeline = timeline;
    this.polls = polls;
  }

  /** Forgets all presence, and continues with another store. */
  synchronized void moveTo(SettablePresenceStore other) {
    store = other;
    people.values().forEach(person -> {
      if (person.next != null) {
        person.next.cancel();
      }
    });
    people.clear();
  }

  /** Sets a user's presence as the user requested. */
  public synchronized void show(UserId user, PresenceState state, Optional<String> name) {
    Person person = people.computeIfAbsent(user, any -> new Person());
    person.name = name;
    set(user, person, state);
  }

  /** Records an action of a user, who is therefore not idle. */
  public synchronized void acted(UserId user) {
    Person person = people.get(user);
    if (person == null) {
      return;
    }
    if (person.state == PresenceState.UNAVAILABLE) {
      set(user, person, PresenceState.ONLINE);
    } else {
      person.lastActive = timeline.instant();
      watch(user, person);
    }
  }

  private void set(UserId user, Person person, PresenceState state) {
    person.state = state;
    person.lastActive = timeline.instant();
    write(user, person);
    watch(user, person);
  }

  private void watch(UserId user, Person person) {
    if (person.next != null) {
      person.next.cancel();
      person.next = null;
    }
    if (person.state != PresenceState.OFFLINE) {
      Duration silent = Duration.between(person.lastActive, timeline.instant());
      Duration until = person.state == PresenceState.UNAVAILABLE ? GONE : IDLE;
      Duration left = until.minus(silent);
      Duration wait = left.compareTo(Duration.ZERO) > 0 ? left : IDLE;
      person.next = timeline.quiet().schedule(() -> look(user), wait);
    }
  }

  private synchronized void look(UserId user) {
    Person person = people.get(user);
    if (person == null) {
      return;
    }
    Duration silent = Duration.between(person.lastActive, timeline.instant());
    PresenceState before = person.state;
    if (silent.compareTo(GONE) >= 0 && !polls.test(user)) {
      person.state = PresenceState.OFFLINE;
    } else if (silent.compareTo(IDLE) >= 0) {
      person.state = PresenceState.UNAVAILABLE;
    }
    if (person.state != before) {
      write(user, person);
    }
    watch(user, person);
  }

  private void write(UserId user, Person person) {
    store.set(new PresenceChange(
        0,
        user,
        person.state,
        Optional.empty(),
        Optional.of(person.lastActive),
        person.name,
        Optional.empty()));
  }
}
