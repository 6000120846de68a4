package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.PollObserver;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.PresenceState;
import io.github.matrixsync.store.SettablePresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is there. A poll sets a user online only when they are offline by silence: they never polled, or 30 s passed since their last poll ended. A status that the user set stays until they set another or fall silent. Thread-safe.
 */
final class Presences implements PollObserver {
  static final Duration SILENCE = Duration.ofSeconds(30);

  /** Runs a task after {@link #SILENCE}. */
  interface Timer {
    void afterSilence(Runnable task);
  }

  private static final class Person {
    int polls;
    long ended;
    boolean silent = true;
    PresenceState state = PresenceState.OFFLINE;
    Optional<String> message = Optional.empty();
    Optional<Instant> lastActive = Optional.empty();
    Optional<String> displayName = Optional.empty();
    Optional<String> avatarUrl = Optional.empty();
  }

  private final SettablePresenceStore store;
  private final Timer timer;
  private final Map<UserId, Person> people = new HashMap<>(); // guarded by this

  Presences(SettablePresenceStore store, Timer timer) {
    this.store = store;
    this.timer = timer;
  }

  @Override
  public synchronized void pollBegan(UserId user) {
    Person person = person(user);
    person.polls++;
    if (person.silent) {
      person.silent = false;
      person.state = PresenceState.ONLINE;
      person.lastActive = Optional.of(Instant.now());
      write(user, person);
    }
  }

  @Override
  public synchronized void pollEnded(UserId user) {
    Person person = person(user);
    person.polls--;
    long end = ++person.ended;
    if (person.polls == 0) {
      timer.afterSilence(() -> fallSilent(user, end));
    }
  }

  /** Takes over what a user says of themselves. */
  synchronized void set(UserId user, PresenceState state, Optional<String> message) {
    Person person = person(user);
    person.silent = false;
    person.state = state;
    person.message = message;
    person.lastActive = Optional.of(Instant.now());
    write(user, person);
  }

  /** Shows a new profile with the presence. */
  synchronized void profile(UserId user, Optional<String> name, Optional<String> avatar) {
    Person person = person(user);
    person.displayName = name;
    person.avatarUrl = avatar;
    write(user, person);
  }

  /** Returns a user's present entry. */
  Optional<PresenceChange> get(UserId user) {
    return store.current(List.of(user)).stream().findFirst();
  }

  private synchronized void fallSilent(UserId user, long end) {
    Person person = person(user);
    if (person.polls == 0 && person.ended == end) {
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
