package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FuturesTest {
  private static final RuntimeException FAILURE = new IllegalArgumentException("test");

  @Test
  void until_completed_isTheResult() {
    assertThat(Futures.until(CompletableFuture.completedFuture("answer"))).isEqualTo("answer");
  }

  @Test
  void until_failed_throwsTheFailureItself() {
    assertThatThrownBy(() -> Futures.until(CompletableFuture.failedFuture(FAILURE)))
        .isSameAs(FAILURE);
  }

  @Test
  void until_failedBehindAStage_throwsTheFailureItself() {
    CompletableFuture<Object> wrapped = new CompletableFuture<>();
    wrapped.completeExceptionally(new CompletionException(new CompletionException(FAILURE)));

    assertThatThrownBy(() -> Futures.until(wrapped)).isSameAs(FAILURE);
  }

  @Test
  void until_failedWithoutACause_throwsWhatThereIs() {
    CompletionException bare = new CompletionException("bare", null);

    assertThatThrownBy(() -> Futures.until(CompletableFuture.failedFuture(bare)))
        .isSameAs(bare);
  }

  @Test
  void until_failedWithACheckedException_saysSo() {
    IOException checked = new IOException("test");

    assertThatThrownBy(() -> Futures.until(CompletableFuture.failedFuture(checked)))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(checked);
  }

  @Test
  void until_interrupted_isCancelledAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Futures.until(new CompletableFuture<>()))
        .isInstanceOf(CancellationException.class)
        .hasCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
  }
}
