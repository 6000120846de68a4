package org.example

import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import kotlinx.coroutines.future.await
import tools.jackson.databind.JsonNode
import tools.jackson.databind.ObjectMapper

private val JSON = ObjectMapper()

/** Parses JSON. */
fun parse(text: String): JsonNode = JSON.readTree(text)

/** Requests to a homeserver with one access token. Thread-safe. */
class Homeserver(private val url: String, private val token: String) {
  private val http = HttpClient.newHttpClient()

  /** Returns the events after a token; without a token, none, and the token of the stream's current end. */
  suspend fun events(from: String?): JsonNode {
    val query = if (from == null) "timeout=0" else "timeout=30000&from=$from"
    return send(request("/events?$query"))
  }

  /** Answers "!ping" with "pong", once for each event, however often this is tried. */
  suspend fun answer(event: JsonNode) {
    if (event.at("/content/body").asString("") == "!ping") {
      val path = "/rooms/${escaped(event, "room_id")}/send/m.room.message/${escaped(event, "event_id")}"
      val body = """{"msgtype": "m.text", "body": "pong"}"""
      send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)))
    }
  }

  private fun escaped(event: JsonNode, name: String) =
      URLEncoder.encode(event.get(name).asString(), Charsets.UTF_8)

  private fun request(path: String) =
      HttpRequest.newBuilder(URI("$url/_matrix/client/v3$path")).header("Authorization", "Bearer $token")

  private suspend fun send(request: HttpRequest.Builder): JsonNode {
    val response = http.sendAsync(request.build(), BodyHandlers.ofString()).await()
    check(response.statusCode() == 200) { "the homeserver answers ${response.statusCode()}" }
    return parse(response.body())
  }
}
