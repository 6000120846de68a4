package org.example

import io.github.matrixsync.SyncApi
import io.github.matrixsync.call.EventBatch
import io.github.matrixsync.domain.event.ClientEvent
import io.github.matrixsync.domain.token.StreamToken
import io.github.matrixsync.event.RoomId
import io.github.matrixsync.event.UserId
import java.time.Duration
import java.util.concurrent.CompletableFuture

private val POLL = Duration.ofSeconds(30)
private val BODY = Regex("\"body\":\"([^\"]*)\"")

/** Repeats in one room the messages of another: the smallest bridge. */
class Relay(
  private val engine: SyncApi,
  private val bot: UserId,
  private val pairs: Map<RoomId, RoomId>,
  private val outbox: (RoomId, String) -> Unit,
) : AutoCloseable {
  @Volatile private var poll = CompletableFuture<EventBatch>()
  @Volatile private var isClosed = false

  fun start() = listen(engine.initialSync(bot, 0).end())

  private fun listen(from: StreamToken) {
    poll = engine.stream(bot, from, POLL)
    poll.thenAccept { batch ->
      batch.chunk().forEach(::relay)
      if (!isClosed) {
        listen(batch.end())
      }
    }
  }

  private fun relay(event: ClientEvent) {
    val sender = event.sender().orElse(bot)
    val target = event.room().map { pairs[it] }.orElse(null)
    val body = BODY.find(event.content().toString())?.groupValues?.get(1)
    if (event.type() == "m.room.message" && sender != bot && target != null && body != null) {
      outbox(target, "$sender: $body")
    }
  }

  override fun close() {
    isClosed = true
    poll.cancel(false)
  }
}
