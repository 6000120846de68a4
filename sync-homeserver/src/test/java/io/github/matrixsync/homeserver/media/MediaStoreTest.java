package io.github.matrixsync.homeserver.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MediaStoreTest {
  private static final int LARGE = 4 << 20;

  @Test
  void put_moreThanFits_keepsAsManyAsFit() {
    MediaStore store = new MediaStore(new Random(1));
    long kept = IntStream.range(0, 40)
        .mapToObj(i -> store.put(new MediaStore.File(new byte[LARGE], "x/y", Optional.empty())))
        .toList()
        .stream()
        .filter(id -> store.get(id).isPresent())
        .count();
    assertThat(kept * LARGE).isPositive().isLessThanOrEqualTo(MediaStore.MOST_BYTES);
  }
}
