package org.example

import io.github.matrixsync.testkit.MatrixAssertions.assertThat
import io.github.matrixsync.testkit.MatrixWorld
import io.github.matrixsync.testkit.http.FreePort
import io.ktor.server.cio.CIO
import io.ktor.server.config.MapApplicationConfig
import io.ktor.server.engine.applicationEnvironment
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.testing.testApplication
import java.net.URI
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test

class ApplicationsTest {
  // region bot
  @Test
  fun `a bot answers`() {
    MatrixWorld.create().use { world ->
      val bot = world.user("bot")
      testApplication {
        environment {
          config = MapApplicationConfig(
            "bot.homeserver" to world.server().url().toString(),
            "bot.token" to bot.accessToken(),
          )
        }
        application { botModule() }
        startApplication()

        val alice = world.user("alice")
        val here = alice.creates("here").with(bot)
        alice.says(here, "!ping")
        withTimeout(30.seconds) {
          while (world.server().requests().none { it.method() == "PUT" }) {
            delay(10.milliseconds)
          }
        }

        assertThat(alice).inRoom(here).sawMessages("!ping", "pong")
      }
    }
  }
  // endregion

  // region bridge
  @Test
  fun `a bridge answers`() {
    MatrixWorld.create().use { world ->
      val port = FreePort.next()
      val irc = world.service("irc").users("@irc_.*").url(URI("http://127.0.0.1:$port")).register()
      val settings = applicationEnvironment {
        config = MapApplicationConfig(
          "bridge.homeserver" to world.server().url().toString(),
          "bridge.as-token" to irc.asToken(),
          "bridge.hs-token" to irc.hsToken(),
        )
      }
      val bridge = embeddedServer(CIO, environment = settings, configure = { connector { this.port = port } }) {
        bridgeModule()
      }
      bridge.start()
      try {
        val alice = world.user("alice")
        val here = alice.creates("here").with(irc.sender())
        alice.says(here, "!ping")
        irc.settle()

        assertThat(alice).inRoom(here).sawMessages("!ping", "pong")
      } finally {
        bridge.stop()
      }
    }
  }
  // endregion
}
