package org.example

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondText
import io.ktor.server.routing.put
import io.ktor.server.routing.routing
import kotlinx.coroutines.launch

/** A bot that polls, and answers "!ping" with "pong". */
suspend fun Application.botModule() {
  val homeserver = Homeserver(setting("bot.homeserver"), setting("bot.token"))
  var from = homeserver.events(null).get("end").asString()
  launch {
    while (true) {
      val batch = homeserver.events(from)
      batch.get("chunk").forEach { homeserver.answer(it) }
      from = batch.get("end").asString()
    }
  }
}

/** An application service that answers "!ping" with "pong". */
fun Application.bridgeModule() {
  val homeserver = Homeserver(setting("bridge.homeserver"), setting("bridge.as-token"))
  val authorization = "Bearer " + setting("bridge.hs-token")
  routing {
    put("/_matrix/app/v1/transactions/{id}") {
      if (call.request.headers["Authorization"] == authorization) {
        parse(call.receiveText()).get("events").forEach { homeserver.answer(it) }
        call.respondText("{}")
      } else {
        call.respondText("""{"errcode": "M_FORBIDDEN"}""", status = HttpStatusCode.Forbidden)
      }
    }
  }
}

private fun Application.setting(name: String) = environment.config.property(name).getString()
