package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the stream of the bridge's bot on an engine in the same process. When a poll fails, it continues from its
 * last token, or from the end of the stream if that token is expired. Thread-safe.
 */
public final class MatrixListener implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final StreamOptions OPTIONS = StreamOptions.DEFAULT.withForm(EventForm.R0);
  private static final Duration RECONNECT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Supplier<? extends SyncApi> engine;
  private final UserId bot;
  private final Delays delays;
  private final Consumer<JsonNode> reader;
  private volatile @Nullable CompletableFuture<EventBatch> poll;
  private volatile boolean closed;

  /**
   * Creates a listener, which does nothing yet.
   *
   * @param engine returns the server's engine, which a restart replaces
   * @param bot the user whose stream it is
   * @param reader gets each event, in the form of the API r0
   */
  public MatrixListener(
      Supplier<? extends SyncApi> engine, UserId bot, Delays delays, Consumer<JsonNode> reader) {
    this.engine = engine;
    this.bot = bot;
    this.delays = delays;
    this.reader = reader;
  }

  /** Begins to listen to new events. */
  public void start() {
    listen(null);
  }

  /** Listens from a token on; null: from the end of the stream. */
  private void listen(@Nullable StreamToken from) {
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
        batch.chunk().forEach(event -> reader.accept(JSON.readTree(event.json().toString())));
        listen(batch.end());
      } else if (!closed) {
        listenLater(isExpired(failure) ? null : from);
      }
    });
  }

  private void listenLater(@Nullable StreamToken from) {
    delays.schedule(() -> listen(from), RECONNECT);
  }

  private static boolean isExpired(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TokenExpiredException;
  }

  /** Stops listening. */
  @Override
  public void close() {
    closed = true;
    CompletableFuture<EventBatch> last = poll;
    if (last != null) {
      last.cancel(false);
    }
  }
}
