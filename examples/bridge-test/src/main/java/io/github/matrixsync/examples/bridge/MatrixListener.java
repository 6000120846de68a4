package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the stream of the bridge's bot. When a poll fails, it continues from its last token, or from the end of the
 * stream if that token is expired. Thread-safe.
 */
final class MatrixListener implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final StreamOptions OPTIONS = StreamOptions.DEFAULT.withForm(EventForm.R0);
  private static final long SECONDS_TO_RECONNECT = 10;

  private final Supplier<? extends SyncApi> engine;
  private final UserId bot;
  private final ScheduledExecutorService timer;
  private final Consumer<ClientEvent> reader;
  private volatile @Nullable CompletableFuture<EventBatch> poll;
  private volatile boolean closed;

  MatrixListener(
      Supplier<? extends SyncApi> engine,
      UserId bot,
      ScheduledExecutorService timer,
      Consumer<ClientEvent> reader) {
    this.engine = engine;
    this.bot = bot;
    this.timer = timer;
    this.reader = reader;
  }

  /** Listens from a token on; null: from the end of the stream. */
  void listen(@Nullable StreamToken from) {
    if (closed) {
      return;
    }
    SyncApi current = engine.get();
    if (current.isClosed()) {
      listenLater(from);
      return;
    }
    CompletableFuture<EventBatch> begun = current.stream(bot, from, POLL, OPTIONS);
    poll = begun;
    CompletableFuture<?> unused = begun.whenComplete((batch, failure) -> {
      if (batch != null) {
        batch.chunk().forEach(reader);
        listen(batch.end());
      } else if (!closed) {
        listenLater(isExpired(failure) ? null : from);
      }
    });
  }

  private void listenLater(@Nullable StreamToken from) {
    Future<?> unused = timer.schedule(() -> listen(from), SECONDS_TO_RECONNECT, TimeUnit.SECONDS);
  }

  private static boolean isExpired(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TokenExpiredException;
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<EventBatch> last = poll;
    if (last != null) {
      last.cancel(false);
    }
  }
}
