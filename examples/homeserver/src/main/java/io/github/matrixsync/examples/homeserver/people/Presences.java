package io.github.matrixsync.examples.homeserver.people;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Presence of users. A poll sets a user online only if they are offline by inactivity: they never polled, or their last
 * poll ended 30 s ago. A presence that the user set stays until they set another or become inactive. Thread-safe.
 */
public final class Presences implements PollObserver {
  static final Duration SILENCE = Duration.ofSeconds(30);

  /** Runs a task once, after a time. */
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  private static final class Person {
    int polls;
    Instant ended = Instant.MIN;
    boolean timed;
    boolean silent = true;
    PresenceState state = PresenceState.OFFLINE;
    Optional<String> message = Optional.empty();
    Optional<Instant> lastActive = Optional.empty();
    Optional<String> displayName = Optional.empty();
    Optional<String> avatarUrl = Optional.empty();
  }

  private final SettablePresenceStore store;
  private final InstantSource clock;
  private final Predicate<UserId> telling;
  private final Timer timer;
  private final Map<UserId, Person> people = new HashMap<>(); // guarded by this

  /**
   * Creates presences without any user.
   *
   * @param telling whose polls set them online: not guests, nor an application service's sender, as whom this server
   *     polls to push events
   */
  public Presences(
      SettablePresenceStore store, InstantSource clock, Predicate<UserId> telling, Timer timer) {
    this.store = store;
    this.clock = clock;
    this.telling = telling;
    this.timer = timer;
  }

  @Override
  public void pollBegan(UserId user) {
    if (telling.test(user)) {
      began(user);
    }
  }

  @Override
  public void pollEnded(UserId user) {
    if (telling.test(user)) {
      ended(user);
    }
  }

  private synchronized void began(UserId user) {
    Person person = person(user);
    person.polls++;
    if (person.silent) {
      person.silent = false;
      person.state = PresenceState.ONLINE;
      person.lastActive = Optional.of(clock.instant());
      write(user, person);
    }
  }

  private synchronized void ended(UserId user) {
    Person person = person(user);
    person.polls--;
    if (person.polls == 0) {
      person.ended = clock.instant();
      if (!person.timed) {
        time(user, person, SILENCE);
      }
    }
  }

  /** Sets a user's presence as the user requested. */
  public synchronized void set(UserId user, PresenceState state, Optional<String> message) {
    Person person = person(user);
    person.silent = false;
    person.state = state;
    person.message = message;
    person.lastActive = Optional.of(clock.instant());
    write(user, person);
  }

  /** Shows a new profile with the presence. */
  synchronized void profile(UserId user, Optional<String> name, Optional<String> avatar) {
    Person person = person(user);
    person.displayName = name;
    person.avatarUrl = avatar;
    write(user, person);
  }

  /** Returns a user's current entry. */
  public Optional<PresenceChange> get(UserId user) {
    return store.current(List.of(user)).stream().findFirst();
  }

  /**
   * Schedules a check of a user's activity. There is one timer per user and not per poll, because most polls are
   * followed by another.
   */
  private void time(UserId user, Person person, Duration left) {
    person.timed = true;
    timer.after(left, () -> look(user));
  }

  private synchronized void look(UserId user) {
    Person person = person(user);
    person.timed = false;
    if (person.polls > 0) {
      return;
    }
    Duration left = SILENCE.minus(Duration.between(person.ended, clock.instant()));
    if (left.toMillis() > 0) {
      time(user, person, left);
    } else {
      person.silent = true;
      person.state = PresenceState.OFFLINE;
      write(user, person);
    }
  }

  private Person person(UserId user) {
    return people.computeIfAbsent(user, u -> new Person());
  }

  private void write(UserId user, Person person) {
    store.set(new PresenceChange(
        0,
        user,
        person.state,
        person.message,
        person.lastActive,
        person.displayName,
        person.avatarUrl));
  }
}
