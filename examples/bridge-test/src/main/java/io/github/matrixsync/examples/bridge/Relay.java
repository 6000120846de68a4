package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Repeats in one room the messages of another: the smallest bridge. Thread-safe. */
public final class Relay implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(30);

  private final SyncApi engine;
  private final UserId bot;
  private final Map<RoomId, RoomId> pairs;
  private final BiConsumer<RoomId, String> outbox;
  private volatile CompletableFuture<EventBatch> poll = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * Creates a relay, which does nothing yet.
   *
   * @param bot the user as whom the relay listens and sends
   * @param pairs for each room, the room in which its messages are repeated
   * @param outbox sends a text to a room as the bot
   */
  public Relay(
      SyncApi engine, UserId bot, Map<RoomId, RoomId> pairs, BiConsumer<RoomId, String> outbox) {
    this.engine = engine;
    this.bot = bot;
    this.pairs = Map.copyOf(pairs);
    this.outbox = outbox;
  }

  /** Begins to listen for new messages. */
  public void start() {
    listen(engine.initialSync(bot, 0).end());
  }

  private void listen(StreamToken from) {
    poll = engine.stream(bot, from, POLL);
    CompletableFuture<?> unused = poll.thenAccept(batch -> {
      batch.chunk().forEach(this::relay);
      if (!closed) {
        listen(batch.end());
      }
    });
  }

  private void relay(ClientEvent event) {
    UserId sender = event.sender().orElse(bot);
    if (event.type().equals("m.room.message") && !sender.equals(bot)) {
      RoomId target = event.room().map(pairs::get).orElse(null);
      if (target != null) {
        outbox.accept(target, sender + ": " + Body.of(event));
      }
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    closed = true;
    poll.cancel(false);
  }
}
