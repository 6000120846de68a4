package io.github.matrixsync.internal.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.world.World;
import org.junit.jupiter.api.Test;

class SubscriberTest {
  private final Subscriber reader = new Subscriber(World.user("a"));

  @Test
  void onlyPoll_oneOfAllThatIsDue_isIt() {
    Poll<StreamOptions, EventBatch> first = poll(StreamOptions.DEFAULT);
    assertThat(reader.onlyPoll()).isNull();
    reader.add(first, 9);
    assertThat(reader.onlyPoll()).isSameAs(first);

    Poll<StreamOptions, EventBatch> second = poll(StreamOptions.DEFAULT);
    reader.add(second, 9);
    assertThat(reader.onlyPoll()).isNull();
    reader.remove(first);

    assertThat(reader.onlyPoll()).isSameAs(second);
  }

  @Test
  void onlyPoll_ofOneRoom_isNone() {
    reader.add(poll(StreamOptions.DEFAULT.inRoom(World.room("r"))), 9);

    assertThat(reader.onlyPoll()).isNull();
  }

  private Poll<StreamOptions, EventBatch> poll(StreamOptions options) {
    return new Poll<>(NoLooks.of(new QuietOwner()), reader, StreamToken.of(1, 0, 0), options, 0);
  }
}
