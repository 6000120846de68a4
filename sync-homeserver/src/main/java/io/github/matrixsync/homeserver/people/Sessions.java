package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * The devices of users, and the access tokens of these. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Sessions {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int DEVICE_LETTERS = 10;
  private static final int TOKEN_BYTES = 16;

  /** A user has at most this many devices, so that nobody fills the memory by logging in. */
  private static final int MOST_DEVICES = 1_000;

  /**
   * Whose an access token is.
   *
   * @since 0.1.0
   */
  public record Session(UserId user, DeviceId device) {}

  /**
   * A device.
   *
   * @param name what its user calls it
   * @since 0.1.0
   */
  public record Device(DeviceId id, Optional<String> name) {}

  private final Random random;
  private final Map<String, Session> tokens = new ConcurrentHashMap<>();
  private final Map<UserId, Map<DeviceId, Device>> devices = new ConcurrentHashMap<>();
  private final List<BiConsumer<UserId, DeviceId>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Creates the object without any device.
   *
   * @param random the source of tokens and of ids of devices
   */
  public Sessions(Random random) {
    this.random = random;
  }

  /** Adds a listener that is called after a device was deleted. */
  public void onDelete(BiConsumer<UserId, DeviceId> listener) {
    listeners.add(listener);
  }

  /**
   * Returns a new access token. A device that the user already has keeps its name, and its other tokens end.
   *
   * @param device a new one if empty
   * @param name of a new device
   */
  public String open(UserId user, Optional<DeviceId> device, Optional<String> name) {
    DeviceId id = device.orElseGet(this::newDevice);
    Session session = new Session(user, id);
    if (device(user, id).isPresent()) {
      tokens.values().removeIf(session::equals);
    }
    devices.compute(user, (u, known) -> {
      Map<DeviceId, Device> all = known == null ? new TreeMap<>() : new TreeMap<>(known);
      if (!all.containsKey(id) && all.size() >= MOST_DEVICES) {
        throw ApiError.of(403, "M_RESOURCE_LIMIT_EXCEEDED", "the user has too many devices");
      }
      all.putIfAbsent(id, new Device(id, name));
      return all;
    });
    String token = randomText();
    tokens.put(token, session);
    return token;
  }

  /** Returns whose token this is. */
  public Optional<Session> of(String token) {
    return Optional.ofNullable(tokens.get(token));
  }

  /** Returns a user's devices by their ids. */
  public List<Device> devices(UserId user) {
    return List.copyOf(devices.getOrDefault(user, Map.of()).values());
  }

  public Optional<Device> device(UserId user, DeviceId id) {
    return Optional.ofNullable(devices.getOrDefault(user, Map.of()).get(id));
  }

  /** Names a device; returns whether the user has it. */
  public boolean rename(UserId user, DeviceId id, Optional<String> name) {
    return change(user, id, Optional.of(new Device(id, name)));
  }

  /** Deletes a device with its tokens; does nothing if there is none. */
  public void delete(UserId user, DeviceId id) {
    Session session = new Session(user, id);
    tokens.values().removeIf(session::equals);
    if (change(user, id, Optional.empty())) {
      listeners.forEach(listener -> listener.accept(user, id));
    }
  }

  /** Deletes all devices of a user. */
  public void deleteAll(UserId user) {
    devices(user).forEach(device -> delete(user, device.id()));
  }

  private boolean change(UserId user, DeviceId id, Optional<Device> to) {
    boolean[] known = new boolean[1];
    devices.computeIfPresent(user, (u, all) -> {
      Map<DeviceId, Device> changed = new TreeMap<>(all);
      known[0] = changed.remove(id) != null;
      if (known[0]) {
        to.ifPresent(device -> changed.put(id, device));
      }
      return changed;
    });
    return known[0];
  }

  private DeviceId newDevice() {
    StringBuilder id = new StringBuilder(DEVICE_LETTERS);
    for (int i = 0; i < DEVICE_LETTERS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return DeviceId.parse(id.toString());
  }

  private String randomText() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
