package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The keys of one user: those of the devices, and those that sign them. Confined to the lock of {@link Keys}. */
final class UserKeys {
  static final String MASTER = "master_key";
  static final String SELF_SIGNING = "self_signing_key";
  static final String USER_SIGNING = "user_signing_key";
  static final List<String> SIGNING = List.of(MASTER, SELF_SIGNING, USER_SIGNING);

  private static final String SIGNATURES = "signatures";

  private final Map<DeviceId, DeviceKeys> devices = new TreeMap<>();
  private final Map<String, ObjectNode> signing = new LinkedHashMap<>();

  DeviceKeys device(DeviceId id) {
    return devices.computeIfAbsent(id, d -> new DeviceKeys());
  }

  Map<DeviceId, DeviceKeys> devices() {
    return devices;
  }

  void remove(DeviceId id) {
    devices.remove(id);
  }

  Optional<ObjectNode> signing(String kind) {
    return Optional.ofNullable(signing.get(kind));
  }

  void setSigning(String kind, ObjectNode key) {
    signing.put(kind, key.deepCopy());
  }

  /**
   * Adds signatures to the key of a device or to a signing key.
   *
   * @param id the device's id, or the public key itself
   * @return whether there is such a key
   */
  boolean sign(String id, String signer, ObjectNode signatures) {
    List<ObjectNode> signed = Stream.concat(
            devices.entrySet().stream()
                .filter(device -> device.getKey().value().equals(id))
                .flatMap(device -> device.getValue().identity().stream()),
            signing.values().stream().filter(key -> holds(key, id)))
        .toList();
    signed.forEach(key -> {
      ObjectNode all = Json.optionalObject(key, SIGNATURES);
      ObjectNode ofSigner = Json.optionalObject(all, signer);
      ofSigner.setAll(signatures);
      all.set(signer, ofSigner);
      key.set(SIGNATURES, all);
    });
    return !signed.isEmpty();
  }

  private static boolean holds(ObjectNode key, String id) {
    return key.path("keys").valueStream().anyMatch(value -> value.asString("").equals(id));
  }

  /** Returns a copy of a key with those signatures only that its owner and one other user made. */
  static ObjectNode seenBy(String viewer, String owner, ObjectNode key) {
    ObjectNode copy = key.deepCopy();
    if (copy.path(SIGNATURES) instanceof ObjectNode signatures) {
      signatures.retain(viewer, owner);
    }
    return copy;
  }
}
