package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.device.KeyCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The encryption keys of all users. Each change is told to the stores of key counts and of device lists. Signatures are
 * not checked: clients do that. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Keys {
  private final DeviceStores stores;
  private final Map<UserId, UserKeys> users = new HashMap<>(); // guarded by this

  public Keys(DeviceStores stores) {
    this.stores = stores;
  }

  /** Forgets a device that was deleted. */
  public synchronized void remove(UserId user, DeviceId device) {
    of(user).remove(device);
    stores.remove(user, device);
  }

  private UserKeys of(UserId user) {
    return users.computeIfAbsent(user, u -> new UserKeys());
  }

  /**
   * Stores keys that a device uploads, and returns how many there are.
   *
   * @param identity the keys that identify the device; empty if they stay as they are
   */
  synchronized KeyCounts upload(
      UserId user,
      DeviceId device,
      Optional<ObjectNode> identity,
      ObjectNode oneTime,
      ObjectNode fallback) {
    DeviceKeys keys = of(user).device(device);
    keys.addOneTime(oneTime);
    keys.setFallback(fallback);
    KeyCounts counts = keys.counts();
    stores.keyCounts().set(user, device, counts);
    if (identity.filter(keys::identify).isPresent()) {
      stores.lists().set(user);
    }
    return counts;
  }

  /** Returns the keys of those devices of a user that are wanted, by their ids. */
  synchronized Map<DeviceId, ObjectNode> devices(
      UserId viewer, UserId user, Predicate<DeviceId> wanted) {
    Map<DeviceId, ObjectNode> found = new HashMap<>();
    if (users.containsKey(user)) {
      of(user).devices().forEach((id, keys) -> {
        if (wanted.test(id)) {
          keys.identity()
              .ifPresent(key -> found.put(id, UserKeys.seenBy(viewer.value(), user.value(), key)));
        }
      });
    }
    return found;
  }

  /** Returns a signing key of a user; only oneself sees the key that signs other users. */
  synchronized Optional<ObjectNode> signing(UserId viewer, UserId user, String kind) {
    if (!users.containsKey(user) || (kind.equals(UserKeys.USER_SIGNING) && !viewer.equals(user))) {
      return Optional.empty();
    }
    return of(user).signing(kind).map(key -> UserKeys.seenBy(viewer.value(), user.value(), key));
  }

  /** Returns a key for one message to a device; empty if there is none. */
  synchronized Optional<ObjectNode> claim(UserId user, DeviceId device, String algorithm) {
    if (!users.containsKey(user) || !of(user).devices().containsKey(device)) {
      return Optional.empty();
    }
    DeviceKeys keys = of(user).device(device);
    Optional<ObjectNode> claimed = keys.claim(algorithm);
    stores.keyCounts().set(user, device, keys.counts());
    return claimed;
  }

  /** Replaces signing keys, by kind. */
  synchronized void setSigning(UserId user, Map<String, ObjectNode> keys) {
    boolean hasMaster =
        keys.containsKey(UserKeys.MASTER) || of(user).signing(UserKeys.MASTER).isPresent();
    if (!hasMaster) {
      throw ApiError.badParameter("there is no master key");
    }
    keys.forEach(of(user)::setSigning);
    stores.lists().set(user);
  }

  /**
   * Adds a user's signatures to a key.
   *
   * @return whether there is such a key
   */
  synchronized boolean sign(UserId signer, UserId owner, String id, ObjectNode key) {
    ObjectNode signatures =
        Json.optionalObject(Json.optionalObject(key, "signatures"), signer.value());
    boolean known = users.containsKey(owner) && of(owner).sign(id, signer.value(), signatures);
    if (known) {
      stores.lists().set(owner);
    }
    return known;
  }

  /** Tells that a device has another name, which is shown with its keys. */
  public void renamed(UserId user) {
    stores.lists().set(user);
  }
}
