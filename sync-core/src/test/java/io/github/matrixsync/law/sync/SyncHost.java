package io.github.matrixsync.law.sync;

import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What kind of host a run has. Immutable.
 *
 * @param resolves whether state entries change without an event of their own
 * @param chaos how many of a hundred member events are of any kind
 * @param isLate whether events come late, with a low depth
 * @param ignored by user, whom the user ignores
 * @param window the most events in the engine's window
 * @param hasGaps whether the host has gaps: rooms of which it did not get all events
 * @param firstChange the position of the first change of devices
 * @param intrudes whether the host writes between any two reads of the engine
 */
// More than five parameters: one for each thing that differs between hosts.
record SyncHost(
    boolean resolves,
    int chaos,
    boolean isLate,
    boolean redacts,
    boolean hasOutliers,
    boolean backfills,
    boolean purges,
    boolean forgets,
    Map<String, Set<String>> ignored,
    int window,
    boolean hasGaps,
    long firstChange,
    boolean intrudes) {
  private static final int[] WINDOWS = {0, 1, 4, 12, 10_000, 10_000};

  static SyncHost of(Random random) {
    Map<String, Set<String>> ignored = random.nextInt(3) > 0
        ? Map.of()
        : Map.of("@u0:h", Set.of("@u1:h"), "@u1:h", Set.of("@u3:h", "@u4:h"));
    return new SyncHost(
        random.nextInt(3) == 0,
        random.nextInt(3) == 0 ? 30 : 3,
        random.nextInt(3) == 0,
        random.nextInt(3) == 0,
        random.nextInt(2) == 0,
        random.nextInt(4) == 0,
        random.nextInt(4) == 0,
        random.nextInt(3) == 0,
        ignored,
        WINDOWS[random.nextInt(WINDOWS.length)],
        random.nextInt(4) == 0,
        random.nextBoolean() ? 1 : 7,
        random.nextInt(3) == 0);
  }
}
