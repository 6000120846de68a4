package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.ServiceConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends requests to application services by Vert.x. Thread-safe. */
public final class HttpConnection implements ServiceConnection {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 32;
  private static final int IDLE_SECONDS = 3; // bridges close idle connections after five

  private final HttpClient http;
  private final Duration timeout;

  HttpConnection(Vertx vertx) {
    this(vertx, REQUEST_TIMEOUT);
  }

  /** Creates connections with a timeout for each request. */
  public HttpConnection(Vertx vertx, Duration timeout) {
    http = vertx.createHttpClient(
        new HttpClientOptions().setKeepAliveTimeout(IDLE_SECONDS),
        new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<Reply> send(
      String method, String url, Map<String, String> headers, byte[] body) {
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.valueOf(method))
        .setAbsoluteURI(url)
        .setConnectTimeout(timeout.toMillis());
    headers.forEach(options::putHeader);
    return http.request(options)
        .compose(request -> exchange(request, body))
        .toCompletionStage()
        .toCompletableFuture();
  }

  /** The timeout covers the whole response, so one that begins and does not end fails. */
  private Future<Reply> exchange(HttpClientRequest request, byte[] body) {
    return request
        .send(Buffer.buffer(body))
        .compose(answer -> answer
            .body()
            .map(bytes -> new Reply(answer.statusCode(), RawJson.of(bytes.getBytes()))))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.reset());
  }
}
