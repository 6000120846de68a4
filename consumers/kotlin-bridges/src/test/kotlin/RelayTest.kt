package org.example

import io.github.matrixsync.testkit.MatrixAssertions.assertThat
import io.github.matrixsync.testkit.MatrixWorld
import io.github.matrixsync.testkit.junit.MatrixTest
import java.time.Duration
import org.junit.jupiter.api.Test

@MatrixTest
class RelayTest {
  @Test
  fun message_ofAPerson_isSaidInTheOtherRoomOnce(world: MatrixWorld) {
    val alice = world.user("alice")
    val bob = world.user("bob")
    val bot = world.user("relay")
    val here = alice.creates("here").with(bot)
    val there = bob.creates("there").with(bot)
    val pairs = mapOf(here.id() to there.id(), there.id() to here.id())

    Relay(world.engine(), bot.id(), pairs) { room, text -> bot.says(room, text) }.use { relay ->
      relay.start()
      alice.says(here, "hi")
      world.time().advance(Duration.ofMinutes(5))
      bob.says(there, "hello")
    }

    assertThat(bob).inRoom(there).sawMessages("@alice:test: hi", "hello")
    assertThat(alice).inRoom(here).sawMessages("hi", "@bob:test: hello")
  }

  @Test
  fun faultsAndTime_areCalledWithoutAssertionsOfNull(world: MatrixWorld) {
    val alice = world.user("alice").named("Alice")
    val here = alice.creates("here")
    var steps = 0
    world.time().onAdvance { steps++ }
    val late = world.commitsLate(alice) { it.says(here, "late") }
    alice.says(here, "early")
    assertThat(alice).sawMessages()

    late.commits()
    world.time().advance(Duration.ofSeconds(1))

    assertThat(alice).sawMessages("late", "early")
    check(steps == 1)
    check(alice.snapshot().messages(here.id()).last().id().isPresent)
    check(here.state("m.room.join_rules", "").map { it.toString() }.orElse("").contains("public"))
  }
}
