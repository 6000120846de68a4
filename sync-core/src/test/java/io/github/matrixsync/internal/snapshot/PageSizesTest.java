package io.github.matrixsync.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageSizesTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest(name = "limit {0}, {1} rooms of {2} MiB before: {3}")
  @CsvSource({
    "0, 0, 0, 32",
    "10, 0, 0, 32",
    "1000, 0, 0, 32",
    "2000, 0, 0, 16",
    "32768, 0, 0, 1",
    "2147483647, 0, 0, 1",
    "10, 32, 0, 1000",
    "10, 32, 1, 1000",
    "10, 32, 2, 512",
    "10, 32, 32, 32",
    "10, 32, 1024, 1",
    "10, 32, 9999999999, 1",
    "20, 32, 0, 1000",
    "2000, 16, 0, 16",
    "2000, 16, 32, 16",
    "2000, 16, 64, 8",
    "2147483647, 1, 0, 1"
  })
  void next_afterWhatWasRead_isAsManyAsOnePageHolds(int limit, int rooms, long mib, int expected) {
    assertThat(new PageSizes(limit).next(rooms, mib * MIB)).isEqualTo(expected);
  }
}
