package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pending answers, and how they end. */
class PendingTest {
  private static final StreamToken T = StreamToken.of(5, 2, 1);
  private static final EventBatch BATCH = new EventBatch(T, T, List.of());

  private final TestEdge edge = new TestEdge();
  private CompletableFuture<EventBatch> poll = new CompletableFuture<>();

  @BeforeEach
  void park() {
    poll = edge.engine.answerWith(new CompletableFuture<>());
  }

  @Test
  void answer_pollParked_comesWhenThePollEnds() {
    CompletableFuture<RestResponse> answer = edge.begin("/events");
    assertThat(answer).isNotDone();

    poll.complete(BATCH);

    assertThat(Reply.of(answer.join()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/events",
    "/initialSync",
    "/events/$e:h",
    "/rooms/!r:h/initialSync",
    "/rooms/!r:h/messages"
  })
  void cancel_answer_cancelsTheCall(String path) {
    CompletableFuture<RestResponse> answer = edge.begin(path);

    assertThat(answer.cancel(true)).isTrue();

    assertThat(poll).isCancelled();
    assertThat(answer).isCancelled();
  }

  @Test
  void cancel_derivedFuture_cancelsThePoll() {
    CompletableFuture<?> derived =
        edge.begin("/events").thenApply(RestResponse::status).whenComplete((status, e) -> {});

    assertThat(derived.cancel(true)).isTrue();

    assertThat(poll).isCancelled();
  }

  @Test
  void cancel_copy_cancelsThePoll() {
    assertThat(edge.begin("/events").copy().cancel(false)).isTrue();

    assertThat(poll).isCancelled();
  }

  @Test
  void cancel_answered_changesNothing() {
    CompletableFuture<RestResponse> answer = edge.begin("/events");
    poll.complete(BATCH);

    assertThat(answer.cancel(true)).isFalse();

    assertThat(poll).isCompletedWithValue(BATCH);
    assertThat(answer).isCompleted();
  }

  @Test
  void cancel_derivedFutureOfAnAnswered_changesNothing() {
    CompletableFuture<RestResponse> answer = edge.begin("/events");
    CompletableFuture<Void> derived =
        answer.thenCombine(new CompletableFuture<Void>(), (response, never) -> never);
    poll.complete(BATCH);

    assertThat(derived.cancel(true)).isTrue();

    assertThat(answer).isCompleted();
    assertThat(poll).isCompletedWithValue(BATCH);
  }

  @Test
  void complete_byTheHost_cancelsThePoll() {
    CompletableFuture<RestResponse> answer = edge.begin("/events");

    answer.completeExceptionally(new TimeoutException());

    assertThat(poll).isCancelled();
  }

  @Test
  void cancel_twoPolls_cancelsOnlyItsOwn() {
    CompletableFuture<RestResponse> first = edge.begin("/events");
    CompletableFuture<EventBatch> other = edge.engine.answerWith(new CompletableFuture<>());
    CompletableFuture<RestResponse> second = edge.begin("/events");

    first.cancel(true);

    assertThat(poll).isCancelled();
    assertThat(other).isNotDone();
    assertThat(second).isNotDone();
  }
}
