package io.github.matrixsync.examples.adapters.ktor

import io.github.matrixsync.SyncApi
import io.github.matrixsync.examples.adapters.AccessTokens
import io.github.matrixsync.examples.adapters.Adapter
import io.github.matrixsync.examples.adapters.ClientApi
import io.github.matrixsync.examples.adapters.ClientRequest
import io.github.matrixsync.rest.RestSettings
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.ApplicationCallPipeline
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.http.HttpRequestLifecycle
import io.ktor.server.request.httpMethod
import io.ktor.server.request.receiveChannel
import io.ktor.server.request.uri
import io.ktor.server.response.header
import io.ktor.server.response.respondBytes
import io.ktor.utils.io.discard
import io.ktor.utils.io.readBuffer
import java.time.Duration
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import kotlinx.io.readByteArray

/**
 * The HTTP edge on Ktor's server with the engine CIO. A parked poll is a suspended coroutine. The plugin
 * HttpRequestLifecycle cancels it when its client hangs up, and with it the poll; engines other than CIO and Netty do
 * not.
 *
 * CIO does not read on behind a request of HTTP/1.0 or with "Connection: close", and cancels only the last of several
 * requests on a connection. It does not notice that the clients of other polls have gone. Such a poll ends when its
 * wait is over, which is therefore at most [LONGEST_WAIT]. Thread-safe.
 */
class KtorAdapter private constructor(private val api: ClientApi) : Adapter {
  private val server =
      embeddedServer(CIO, port = 0, host = "127.0.0.1") {
        install(HttpRequestLifecycle) { cancelCallOnClose = true }
        intercept(ApplicationCallPipeline.Call) {
          answer(context)
          finish()
        }
      }

  private suspend fun answer(call: ApplicationCall) {
    val method = call.request.httpMethod
    val body =
        if (method == HttpMethod.Post) {
          val channel = call.receiveChannel()
          val most = channel.readBuffer(ClientApi.MOST_BYTES + 1L).readByteArray()
          channel.discard()
          most
        } else {
          ByteArray(0)
        }
    val target = call.request.uri.replaceFirst(ORIGIN, "")
    val path = target.substringBefore('?')
    val query = target.substringAfter('?', "")
    val authorization = call.request.headers[HttpHeaders.Authorization]
    val answer =
        api.answer(ClientRequest.of(method.value, path, query, authorization), body).await()
    val headers = answer.headers()
    headers
        .filterKeys { it != HttpHeaders.ContentType }
        .forEach { (name, value) -> call.response.header(name, value) }
    val type = headers[HttpHeaders.ContentType]?.let(ContentType::parse)
    call.respondBytes(answer.toByteArray(), type, HttpStatusCode.fromValue(answer.status()))
  }

  override fun port(): Int = runBlocking { server.engine.resolvedConnectors().first().port }

  override fun close() {
    server.stop(GRACE_MILLIS, GRACE_MILLIS)
  }

  companion object {
    /** What the target of a request begins with if it is in absolute form. */
    private val ORIGIN = Regex("^https?://[^/?]*", RegexOption.IGNORE_CASE)
    private const val GRACE_MILLIS = 1_000L
    private val LONGEST_WAIT = Duration.ofSeconds(30)

    /** Starts the server. */
    @JvmStatic
    fun start(engine: SyncApi, tokens: AccessTokens): KtorAdapter {
      // Ktor would stop the server at SIGTERM, beside the host. The property is read once in a process.
      System.getProperties().putIfAbsent("io.ktor.server.engine.ShutdownHook", "false")
      val settings = RestSettings.DEFAULT.withTimeouts(LONGEST_WAIT, LONGEST_WAIT)
      val adapter = KtorAdapter(ClientApi(engine, tokens, settings))
      adapter.server.start()
      return adapter
    }
  }
}
