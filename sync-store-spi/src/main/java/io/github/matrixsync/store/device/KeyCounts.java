package io.github.matrixsync.store.device;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The key counts of a device. {@link #SIGNED_CURVE25519} always has a count, because clients take a missing one as an
 * order to upload no more keys.
 *
 * @param oneTimeKeys how many one-time keys are unclaimed, by algorithm, each at least 0
 * @param unusedFallbackKeys the algorithms of which the device has a fallback key that was not used
 * @since 0.1.0
 */
public record KeyCounts(Map<String, Integer> oneTimeKeys, Set<String> unusedFallbackKeys) {
  /** The algorithm of the one-time keys that today's clients upload. */
  public static final String SIGNED_CURVE25519 = "signed_curve25519";

  /** The counts of a device that never uploaded a key. */
  public static final KeyCounts NONE = new KeyCounts(Map.of(), Set.of());

  /**
   * Copies the collections, and adds the count of {@link #SIGNED_CURVE25519} if it is missing.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public KeyCounts {
    Map<String, Integer> counts = new TreeMap<>(oneTimeKeys);
    counts.forEach((algorithm, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(
            "a key count must not be negative, got " + count + " of " + algorithm);
      }
    });
    counts.putIfAbsent(SIGNED_CURVE25519, 0);
    oneTimeKeys = Map.copyOf(counts);
    unusedFallbackKeys = Set.copyOf(unusedFallbackKeys);
  }
}
