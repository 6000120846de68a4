package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Presence of users. Each device that polls {@code /sync} reports a presence, and the user has the highest of them:
 * online before unavailable before offline. A poll of v1 reports online. A report is used until 30 s after the device's
 * last poll ended. A presence that the user set is kept until they set another one, or until no report is left.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Presences implements PollObserver {
  static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * Runs a task once, after a time.
   *
   * @since 0.1.0
   */
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  private static final class Device {
    int polls;
    Instant ended = Instant.MIN;
    PresenceState state = PresenceState.OFFLINE;
  }

  private static final class Person {
    /** The devices whose reports are used, by id; polls without a device are those of one more device. */
    final Map<Optional<DeviceId>, Device> devices = new HashMap<>();

    boolean timed;
    boolean isSet;
    PresenceState state = PresenceState.OFFLINE;
    Optional<String> message = Optional.empty();
    Optional<Instant> lastActive = Optional.empty();
    Optional<String> displayName = Optional.empty();
    Optional<String> avatarUrl = Optional.empty();

    /** Returns the highest presence that the devices report. */
    PresenceState ofDevices() {
      boolean isUnavailable = false;
      for (Device device : devices.values()) {
        if (device.state == PresenceState.ONLINE) {
          return PresenceState.ONLINE;
        }
        isUnavailable |= device.state == PresenceState.UNAVAILABLE;
      }
      return isUnavailable ? PresenceState.UNAVAILABLE : PresenceState.OFFLINE;
    }
  }

  private final Supplier<? extends SettablePresenceStore> store;
  private final InstantSource clock;
  private final Predicate<UserId> telling;
  private final Timer timer;
  private final Map<UserId, Person> people = new HashMap<>(); // guarded by this

  /**
   * Creates presences without any user.
   *
   * @param store returns where they are kept now
   * @param telling whose polls set them online: not guests, nor an application service's sender, as whom this server
   *     polls to push events
   */
  public Presences(
      Supplier<? extends SettablePresenceStore> store,
      InstantSource clock,
      Predicate<UserId> telling,
      Timer timer) {
    this.store = store;
    this.clock = clock;
    this.telling = telling;
    this.timer = timer;
  }

  @Override
  public void pollBegan(UserId user) {
    syncBegan(user, Optional.empty(), Optional.of(PresenceState.ONLINE));
  }

  @Override
  public void pollEnded(UserId user) {
    syncEnded(user, Optional.empty(), Optional.of(PresenceState.ONLINE));
  }

  /** Records the presence that a device reports; without a presence nothing changes. */
  @Override
  public void syncBegan(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    if (presence.isPresent() && telling.test(user)) {
      began(user, device, presence.get());
    }
  }

  @Override
  public void syncEnded(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    if (presence.isPresent() && telling.test(user)) {
      ended(user, device);
    }
  }

  private synchronized void began(UserId user, Optional<DeviceId> id, PresenceState state) {
    Person person = person(user);
    Device device = person.devices.computeIfAbsent(id, each -> new Device());
    device.polls++;
    device.state = state;
    update(user, person);
  }

  private synchronized void ended(UserId user, Optional<DeviceId> id) {
    Person person = person(user);
    Device device = person.devices.computeIfAbsent(id, each -> new Device());
    device.polls--;
    if (device.polls == 0) {
      device.ended = clock.instant();
      if (!person.timed) {
        time(user, person, SILENCE);
      }
    }
  }

  /** Updates the user's presence to that of the devices, unless the user set another one. */
  private void update(UserId user, Person person) {
    if (person.devices.isEmpty()) {
      person.isSet = false;
    }
    PresenceState now = person.isSet ? person.state : person.ofDevices();
    if (now != person.state) {
      person.state = now;
      if (now == PresenceState.ONLINE) {
        person.lastActive = Optional.of(clock.instant());
      }
      write(user, person);
    }
  }

  /** Sets a user's presence as the user requested. */
  public synchronized void set(UserId user, PresenceState state, Optional<String> message) {
    Person person = person(user);
    person.isSet = true;
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
    return store.get().current(List.of(user)).stream().findFirst();
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
    Instant now = clock.instant();
    person
        .devices
        .values()
        .removeIf(device -> device.polls == 0 && left(device, now).isZero());
    update(user, person);
    person.devices.values().stream()
        .filter(device -> device.polls == 0)
        .map(device -> left(device, now))
        .min(Comparator.naturalOrder())
        .ifPresent(next -> time(user, person, next));
  }

  /** Returns for how long the report of a device without a poll is still used. */
  private static Duration left(Device device, Instant now) {
    Duration left = SILENCE.minus(Duration.between(device.ended, now));
    return left.toMillis() > 0 ? left : Duration.ZERO;
  }

  private Person person(UserId user) {
    return people.computeIfAbsent(user, u -> new Person());
  }

  private void write(UserId user, Person person) {
    store
        .get()
        .set(new PresenceChange(
            0,
            user,
            person.state,
            person.message,
            person.lastActive,
            person.displayName,
            person.avatarUrl));
  }
}
