package io.github.matrixsync.internal.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.world.Host;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchAnswersTest {
  @Test
  void answer_there_isReturned() {
    assertThat(BatchAnswers.answer(Map.of(Host.ROOM, "some"), Host.ROOM)).isEqualTo("some");
  }

  @Test
  void answer_missing_breaksTheContract() {
    assertThatThrownBy(() -> BatchAnswers.answer(Map.of(), Host.ROOM))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Host.ROOM.value());
  }
}
