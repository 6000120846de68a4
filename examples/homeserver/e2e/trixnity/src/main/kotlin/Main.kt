// Runs two users of Trixnity, a client for the JVM, through an encrypted room:  Main <base URL of a homeserver>
// Each line of the output is one expectation that was met, and how long that took. The exit status is 0 if all were.

import io.ktor.http.Url
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimedValue
import kotlin.time.measureTimedValue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
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
import net.folivo.trixnity.clientserverapi.model.rooms.CreateRoom
import net.folivo.trixnity.core.model.RoomId
import net.folivo.trixnity.core.model.UserId
import net.folivo.trixnity.core.model.events.InitialStateEvent
import net.folivo.trixnity.core.model.events.m.room.EncryptionEventContent
import net.folivo.trixnity.core.model.events.m.room.Membership
import net.folivo.trixnity.core.model.events.m.room.RoomMessageEventContent

private const val MESSAGES = 10
private val LONGEST = 60.seconds

/** A user at one client, and the texts that it has read, with their senders. */
private class Person(val client: MatrixClient, scope: CoroutineScope) {
  private val read = MutableStateFlow(listOf<Pair<UserId, String>>())

  init {
    // Unconfined: it has subscribed when this returns, and gets what comes from now on.
    scope.launch(Dispatchers.Unconfined) {
      client.room.getTimelineEventsFromNowOn(decryptionTimeout = LONGEST).collect { event ->
        val content = event.content?.getOrNull()
        if (content is RoomMessageEventContent.TextBased.Text) {
          read.update { it + (event.event.sender to content.body) }
        }
      }
    }
  }

  suspend fun start() {
    client.startSync()
    client.syncState.first { it == SyncState.RUNNING }
  }

  suspend fun say(room: RoomId, text: String) {
    client.room.sendMessage(room) { text(text) }
  }

  /** Waits for so many texts of a user, and returns all that were read. */
  suspend fun heard(sender: Person, atLeast: Int): List<String> {
    fun ofSender(all: List<Pair<UserId, String>>) =
      all.filter { it.first == sender.client.userId }.map { it.second }
    return ofSender(read.first { ofSender(it).size >= atLeast })
  }
}

private suspend fun register(server: String, name: String) {
  val body = """{"username":"$name","password":"p","auth":{"type":"m.login.dummy"}}"""
  val request =
    HttpRequest.newBuilder(URI.create("$server/_matrix/client/v3/register"))
      .POST(HttpRequest.BodyPublishers.ofString(body))
      .build()
  val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
  check(answer.statusCode() == 200) { answer.body() }
}

private suspend fun login(server: String, name: String, scope: CoroutineScope): Person {
  register(server, name)
  val client =
    MatrixClient.loginWithPassword(
        baseUrl = Url(server),
        identifier = IdentifierType.User(name),
        password = "p",
        repositoriesModule = createInMemoryRepositoriesModule(),
        mediaStore = InMemoryMediaStore(),
      )
      .getOrThrow()
  return Person(client, scope)
}

private suspend fun <T> expect(what: String, body: suspend () -> T): T {
  val result: TimedValue<T> = measureTimedValue { withTimeout(LONGEST) { body() } }
  println("    ok %7d ms  %s".format(result.duration.inWholeMilliseconds, what))
  return result.value
}

private fun texts(name: String) = List(MESSAGES) { "$name says $it" }

private suspend fun play(server: String, scope: CoroutineScope) {
  val (erin, frank) =
    expect("erin and frank log in, and sync for the first time") {
      listOf("erin", "frank").map { login(server, it, scope).apply { start() } }
    }
  val room =
    expect("erin makes an encrypted room, frank sees the invite, and joins") {
      val room =
        erin.client.api.room
          .createRoom(
            preset = CreateRoom.Request.Preset.PRIVATE,
            name = "On the JVM",
            invite = setOf(frank.client.userId),
            initialState = listOf(InitialStateEvent(EncryptionEventContent(), "")),
          )
          .getOrThrow()
      frank.client.room.getById(room).first { it?.membership == Membership.INVITE }
      frank.client.api.room.joinRoom(room).getOrThrow()
      for (person in listOf(erin, frank)) {
        person.client.room.getById(room).first {
          it?.membership == Membership.JOIN && it.encrypted && it.name?.explicitName == "On the JVM"
        }
      }
      room
    }
  expect("each reads the other's messages, once and in order") {
    texts("erin").forEach { erin.say(room, it) }
    check(frank.heard(erin, MESSAGES) == texts("erin"))
    texts("frank").forEach { frank.say(room, it) }
    check(erin.heard(frank, MESSAGES) == texts("frank"))
  }
  expect("frank goes on from his token, and reads what he missed") {
    frank.client.stopSync(true)
    texts("the absent").forEach { erin.say(room, it) }
    erin.heard(erin, 2 * MESSAGES)
    frank.start()
    check(frank.heard(erin, 2 * MESSAGES) == texts("erin") + texts("the absent"))
  }
  expect("frank leaves, and his client knows") {
    frank.client.api.room.leaveRoom(room).getOrThrow()
    frank.client.room.getById(room).first { it == null || it.membership == Membership.LEAVE }
  }
}

fun main(args: Array<String>) {
  try {
    runBlocking(Dispatchers.Default) {
      play(args.single(), CoroutineScope(Dispatchers.Default))
    }
  } catch (e: Throwable) {
    println("FAILED")
    e.printStackTrace()
    exitProcess(1)
  }
  exitProcess(0)
}
