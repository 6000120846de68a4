package io.github.matrixsync.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a budget of memory is divided, and how large it is if the host sets none. */
class CacheBytesTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 0, 1",
    "9, 2, 1",
    "9000, 2000, 1000",
    "301989888, 67108864, 33554432", // 288 MiB: two ninths are 64 MiB
    "536870912, 67108864, 268435456", // 512 MiB
    "1073741824, 67108864, 805306368", // 1 GiB: a sixteenth is 64 MiB
    "2147483648, 134217728, 1610612736", // 2 GiB
  })
  void budget_any_isDividedByItsSizeAlone(long budget, long part, long rooms) {
    assertThat(CacheBytes.of(budget)).isEqualTo(new CacheBytes(part, part, part, rooms, part));
  }

  @Test
  void budget_any_isAllGivenOut() {
    LongStream.of(0, 1, 2, 8, 10, 17, 1_000, 300 * MIB, GIB - 1, 7 * GIB + 3, Long.MAX_VALUE)
        .forEach(budget -> {
          CacheBytes parts = CacheBytes.of(budget);
          assertThat(parts.rooms()).isNotNegative();
          assertThat(parts.window()).isNotNegative();
          assertThat(parts.window()
                  + parts.events()
                  + parts.encoded()
                  + parts.rooms()
                  + parts.memberships())
              .isEqualTo(budget);
        });
  }

  /** From a heap of 585 MiB to one of 12 GiB: 64 MiB for each part, and a sixteenth of the heap for the rooms. */
  @ParameterizedTest
  @ValueSource(longs = {600, 1024, 2048, 4096, 8192, 12_288})
  void defaultBudget_ordinaryHeap_hasFourTimes64MiBAndASixteenthForRooms(long mebibytes) {
    long heap = mebibytes * MIB;

    assertThat(CacheBytes.of(CacheBytes.defaultBudget(heap)))
        .isEqualTo(new CacheBytes(64 * MIB, 64 * MIB, 64 * MIB, heap / 16, 64 * MIB));
  }

  @ParameterizedTest
  @ValueSource(longs = {16, 64, 256, 512})
  void defaultBudget_smallHeap_isHalfOfIt(long mebibytes) {
    assertThat(CacheBytes.defaultBudget(mebibytes * MIB)).isEqualTo(mebibytes * MIB / 2);
  }
}
