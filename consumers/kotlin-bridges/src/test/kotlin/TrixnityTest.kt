package org.example

import io.github.matrixsync.testkit.MatrixAssertions.assertThat
import io.github.matrixsync.testkit.MatrixWorld
import io.github.matrixsync.testkit.TestUser
import io.github.matrixsync.testkit.http.NextRequest
import io.github.matrixsync.testkit.http.RequestPattern.get
import io.github.matrixsync.testkit.http.RequestPattern.put
import io.github.matrixsync.testkit.junit.MatrixTest
import io.ktor.http.Url
import java.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import net.folivo.trixnity.client.MatrixClient
import net.folivo.trixnity.client.loginWithPassword
import net.folivo.trixnity.client.media.InMemoryMediaStore
import net.folivo.trixnity.client.room
import net.folivo.trixnity.client.room.message.text
import net.folivo.trixnity.client.store.repository.createInMemoryRepositoriesModule
import net.folivo.trixnity.clientserverapi.client.SyncState
import net.folivo.trixnity.clientserverapi.model.authentication.IdentifierType
import net.folivo.trixnity.core.model.events.m.room.RoomMessageEventContent
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource

private val LONGEST = 50.seconds

/** What goes wrong with a request. */
enum class Fault(val plan: (NextRequest) -> Unit) {
  ANSWERS_503({ it.answers(503) }),
  LIMITS({ it.limits(Duration.ofSeconds(1)) }),
  HANGS_UP({ it.hangsUp() }),
  HANGS_UP_AFTER_DOING({ it.hangsUpAfterDoing() }),
  CUTS_THE_BODY({ it.cutsTheBody() }),
}

/** A bot on trixnity-client, which polls with `/sync`: it answers "ping N" with "pong N". */
private class Bot(private val client: MatrixClient) : AutoCloseable {
  private val scope = CoroutineScope(Dispatchers.Default)
  private val read = MutableStateFlow(setOf<String>())

  suspend fun start() {
    // Unconfined: it has subscribed when this returns, and gets what comes from now on.
    scope.launch(Dispatchers.Unconfined) {
      client.room.getTimelineEventsFromNowOn().collect { event ->
        val content = event.content?.getOrNull()
        if (content is RoomMessageEventContent.TextBased.Text) {
          read.update { it + content.body }
          if (content.body.startsWith("ping ")) {
            client.room.sendMessage(event.event.roomId) { text(content.body.replace("ping", "pong")) }
          }
        }
      }
    }
    client.startSync()
    client.syncState.first { it == SyncState.RUNNING }
  }

  /** Waits until the bot has read a message. */
  suspend fun reads(body: String) {
    read.first { body in it }
  }

  override fun close() {
    scope.cancel()
    runBlocking { client.cancelSync(true) }
  }
}

private suspend fun login(world: MatrixWorld, user: TestUser) =
  Bot(
    MatrixClient.loginWithPassword(
        baseUrl = Url(world.server().url().toString()),
        identifier = IdentifierType.User("bot"),
        password = user.password(),
        repositoriesModule = createInMemoryRepositoriesModule(),
        mediaStore = InMemoryMediaStore(),
      )
      .getOrThrow()
  )

@MatrixTest
class TrixnityTest {
  /** Lets a bot run in a room with alice. */
  private fun play(world: MatrixWorld, scene: suspend (Bot) -> Unit) = runBlocking {
    withTimeout(LONGEST) {
      login(world, world.user("bot")).use { bot ->
        bot.start()
        scene(bot)
      }
    }
  }

  @Test
  fun message_isAnswered(world: MatrixWorld) {
    val alice = world.user("alice")
    val here = alice.creates("here").with(world.user("bot"))
    play(world) { bot ->
      alice.says(here, "ping 1")
      bot.reads("pong 1")
    }

    assertThat(alice).inRoom(here).sawMessages("ping 1", "pong 1")
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = ["ANSWERS_503"])
  fun send_thatFails_isTriedAgainAndSaidOnce(fault: Fault, world: MatrixWorld) {
    val alice = world.user("alice")
    val here = alice.creates("here").with(world.user("bot"))
    fault.plan(world.server().next(put("rooms/*/send/**")))
    play(world) { bot ->
      alice.says(here, "ping 1")
      bot.reads("pong 1")
      alice.says(here, "ping 2")
      bot.reads("pong 2")
    }

    assertThat(alice).inRoom(here).sawMessages("ping 1", "pong 1", "ping 2", "pong 2")
  }

  /** Trixnity does not send again after an error of the server, except 429. */
  @Test
  fun send_thatIsAnsweredWith503_isNotTriedAgain(world: MatrixWorld) {
    val alice = world.user("alice")
    val here = alice.creates("here").with(world.user("bot"))
    world.server().next(put("rooms/*/send/**")).answers(503)
    play(world) { bot ->
      alice.says(here, "ping 1")
      bot.reads("ping 1")
      alice.says(here, "ping 2")
      bot.reads("pong 2")
    }

    assertThat(alice).inRoom(here).sawMessages("ping 1", "ping 2", "pong 2")
  }

  @ParameterizedTest
  @EnumSource
  fun sync_thatFails_isTakenUpAgain(fault: Fault, world: MatrixWorld) {
    val alice = world.user("alice")
    val here = alice.creates("here").with(world.user("bot"))
    play(world) { bot ->
      fault.plan(world.server().next(get("sync")))
      alice.says(here, "ping 1")
      bot.reads("pong 1")
      alice.says(here, "ping 2")
      bot.reads("pong 2")
    }

    assertThat(alice).inRoom(here).sawMessages("ping 1", "pong 1", "ping 2", "pong 2")
  }

  @Test
  fun restart_ofTheServer_isSurvived(world: MatrixWorld) {
    val alice = world.user("alice")
    val here = alice.creates("here").with(world.user("bot"))
    play(world) { bot ->
      alice.says(here, "ping 1")
      bot.reads("pong 1")
      world.restarts()
      alice.says(here, "ping 2")
      bot.reads("pong 2")
    }

    assertThat(alice).inRoom(here).sawMessages("ping 1", "pong 1", "ping 2", "pong 2")
  }
}
