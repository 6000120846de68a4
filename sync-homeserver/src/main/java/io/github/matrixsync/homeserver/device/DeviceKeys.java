package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.device.KeyCounts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of one device: its identity, one-time keys and fallback keys. Confined to the lock of {@link Keys}. */
final class DeviceKeys {
  private static final int MOST_ONE_TIME_KEYS = 1_000;

  private Optional<ObjectNode> identity = Optional.empty();
  private final Map<String, Map<String, JsonNode>> oneTime = new HashMap<>();
  private final Map<String, ObjectNode> fallback = new HashMap<>();
  private final Set<String> unused = new TreeSet<>();

  /** Returns the keys that identify the device, with their signatures. */
  Optional<ObjectNode> identity() {
    return identity;
  }

  /** Sets the keys that identify the device; returns whether they changed. */
  boolean identify(ObjectNode keys) {
    boolean changes = !identity.equals(Optional.of(keys));
    identity = Optional.of(keys.deepCopy());
    return changes;
  }

  /**
   * Adds keys of which each is given away once.
   *
   * @param keys by algorithm and id; a key that is there already must be the same
   */
  void addOneTime(ObjectNode keys) {
    keys.forEachEntry((name, key) -> {
      JsonNode known = oneTime.getOrDefault(algorithm(name), Map.of()).get(name);
      if (known != null && !known.equals(key)) {
        throw ApiError.badParameter("there is another one-time key '" + name + "' already");
      }
    });
    keys.forEachEntry((name, key) -> {
      Map<String, JsonNode> ofAlgorithm =
          oneTime.computeIfAbsent(algorithm(name), a -> new LinkedHashMap<>());
      if (ofAlgorithm.size() < MOST_ONE_TIME_KEYS) {
        ofAlgorithm.put(name, key);
      }
    });
  }

  /** Sets the keys that are given away when no one-time key is left, one of each algorithm. */
  void setFallback(ObjectNode keys) {
    keys.propertyNames().forEach(DeviceKeys::algorithm);
    keys.forEachEntry((name, key) -> {
      ObjectNode named = Json.object();
      named.set(name, key);
      ObjectNode before = fallback.put(algorithm(name), named);
      if (!named.equals(before)) {
        unused.add(algorithm(name));
      }
    });
  }

  /** Returns a one-time key under its name and removes it; if there is none, the fallback key; else nothing. */
  Optional<ObjectNode> claim(String algorithm) {
    Map<String, JsonNode> ofAlgorithm = oneTime.getOrDefault(algorithm, Map.of());
    Optional<String> first = ofAlgorithm.keySet().stream().findFirst();
    if (first.isEmpty()) {
      unused.remove(algorithm);
      return Optional.ofNullable(fallback.get(algorithm)).map(ObjectNode::deepCopy);
    }
    ObjectNode claimed = Json.object();
    Optional.ofNullable(ofAlgorithm.remove(first.get()))
        .ifPresent(key -> claimed.set(first.get(), key));
    return Optional.of(claimed);
  }

  KeyCounts counts() {
    Map<String, Integer> counts = new HashMap<>();
    oneTime.forEach((algorithm, keys) -> counts.put(algorithm, keys.size()));
    return new KeyCounts(counts, unused);
  }

  private static String algorithm(String name) {
    int end = name.indexOf(':');
    if (end <= 0) {
      throw ApiError.badParameter("a key's name must be an algorithm and an id");
    }
    return name.substring(0, end);
  }
}
