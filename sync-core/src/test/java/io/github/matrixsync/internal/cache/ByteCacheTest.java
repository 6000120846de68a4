package io.github.matrixsync.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteCacheTest {
  @Test
  void find_whatWasPut_isAHitIfItStillHolds() {
    ByteCache<String, Integer> cache = new ByteCache<>("some", 100, (key, value) -> 10);
    assertThat(cache.find("a", value -> true)).isNull();
    cache.put("a", 1);
    cache.put("b", 2);

    assertThat(cache.find("a", value -> value == 1)).isEqualTo(1);
    assertThat(cache.find("a", value -> value == 2)).isNull();
    assertThat(cache.use()).isEqualTo(new ByteCache.Use("some", 2, 20, 1, 2, 0));
  }

  @Test
  void put_underTheSameKey_takesThePlaceOfTheOther() {
    ByteCache<String, Integer> cache = new ByteCache<>("some", 100, (key, value) -> value);
    cache.put("a", 10);

    cache.put("a", 30);

    assertThat(cache.find("a", value -> true)).isEqualTo(30);
    assertThat(cache.use()).isEqualTo(new ByteCache.Use("some", 1, 30, 1, 0, 0));
  }

  @Test
  void put_moreThanThereIsRoomFor_staysWithinTheBoundAndCountsWhatWent() {
    ByteCache<Integer, Integer> cache = new ByteCache<>("some", 100, (key, value) -> 30);

    for (int i = 0; i < 20; i++) {
      cache.put(i, i);
    }

    assertThat(cache.use()).isEqualTo(new ByteCache.Use("some", 3, 90, 0, 0, 17));
  }

  @Test
  void put_largerThanAll_isNotKept() {
    ByteCache<String, Integer> cache = new ByteCache<>("some", 100, (key, value) -> value);

    cache.put("a", 101);
    cache.put("b", 100);

    assertThat(cache.find("a", value -> true)).isNull();
    assertThat(cache.find("b", value -> true)).isEqualTo(100);
  }

  @Test
  void put_noBytes_keepsNothingThatWeighsNothingEither() {
    ByteCache<String, Integer> cache = new ByteCache<>("some", 0, (key, value) -> 0);

    cache.put("a", 1);

    assertThat(cache.find("a", value -> true)).isNull();
    assertThat(cache.use()).isEqualTo(new ByteCache.Use("some", 0, 0, 0, 1, 0));
  }
}
