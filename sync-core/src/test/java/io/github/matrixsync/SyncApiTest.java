package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each blocking call of {@code SyncApi} has an asynchronous twin, and a fake engine implements eight methods only. */
class SyncApiTest {
  static Stream<Method> blocking() {
    return Arrays.stream(SyncApi.class.getMethods())
        .filter(call -> call.getReturnType() != CompletableFuture.class)
        .filter(call -> !Set.of("isClosed", "roomReads").contains(call.getName()));
  }

  @Test
  void calls_thatBlock_areSeven() {
    assertThat(blocking()).hasSize(7);
    assertThat(SyncApi.class.getMethods()).filteredOn(call -> !call.isDefault()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("blocking")
  void callThatBlocks_any_hasATwinOfTheSameArgumentsAndValue(Method call) throws Exception {
    Method twin = SyncApi.class.getMethod(call.getName() + "Async", call.getParameterTypes());

    assertThat(((ParameterizedType) twin.getGenericReturnType()).getActualTypeArguments())
        .containsExactly(call.getGenericReturnType());
  }

  @ParameterizedTest
  @MethodSource("blocking")
  void callThatBlocks_fakeFails_throwsWhatTheFakeFailedWith(Method call) {
    StoreException failure = StoreException.failed("test", null);
    FailingEngine fake = new FailingEngine(failure);

    assertThatThrownBy(() -> call.invoke(fake, arguments(call))).hasCause(failure);
    assertThat(fake.asked).containsExactly(call.getName());
  }

  private static Object[] arguments(Method call) {
    return Arrays.stream(call.getParameterTypes()).map(SyncApiTest::argument).toArray();
  }

  private static Object argument(Class<?> type) {
    return Stream.<Object>of(
            ALICE,
            ROOM,
            EventId.parse("$e:h"),
            EventForm.V1,
            SnapshotOptions.DEFAULT,
            MessagesOptions.DEFAULT)
        .filter(type::isInstance)
        .findAny()
        .orElse(5);
  }

  /** The smallest implementation of {@code SyncApi}; every call fails. */
  private static final class FailingEngine implements SyncApi {
    private final List<String> asked = new ArrayList<>();
    private final StoreException failure;

    FailingEngine(StoreException failure) {
      this.failure = failure;
    }

    private <T> CompletableFuture<T> fail(String call) {
      asked.add(call);
      return CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<EventBatch> stream(
        UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
      return fail("stream");
    }

    @Override
    public CompletableFuture<SyncResponse> sync(
        UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options) {
      return fail("sync");
    }

    @Override
    public CompletableFuture<InitialSync> initialSyncAsync(
        UserId user, int limit, SnapshotOptions options) {
      return fail("initialSync");
    }

    @Override
    public CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
        UserId user, RoomId room, int limit, EventForm form) {
      return fail("roomInitialSync");
    }

    @Override
    public CompletableFuture<Optional<ClientEvent>> getEventAsync(
        UserId user, EventId id, EventForm form) {
      return fail("getEvent");
    }

    @Override
    public CompletableFuture<MessagePage> messagesAsync(
        UserId user, RoomId room, MessagesOptions options) {
      return fail("messages");
    }

    @Override
    public RoomReads roomReads() {
      throw failure;
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }
}
