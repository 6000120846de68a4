package io.github.matrixsync.examples.adapters.vertx;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP edge on Vert.x. A parked poll is a response that is ended later, on its connection's event loop. If a client
 * hangs up, its connection is closed and its poll ends. Thread-safe.
 */
public final class VertxAdapter implements Adapter {
  private static final int PATIENCE_SECONDS = 10;
  private static final int GRACE_SECONDS = 1;
  private static final Buffer NO_BODY = Buffer.buffer();

  private final Vertx vertx = Vertx.vertx();
  private final ClientApi api;
  private final HttpServer server;

  private VertxAdapter(ClientApi api) {
    this.api = api;
    server = vertx.createHttpServer(new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true));
  }

  /** Starts the server. */
  public static VertxAdapter start(SyncApi engine, AccessTokens tokens) {
    VertxAdapter adapter = new VertxAdapter(new ClientApi(engine, tokens, RestSettings.DEFAULT));
    adapter.server.requestHandler(adapter::handle);
    await(adapter.server.listen(0, "127.0.0.1"));
    return adapter;
  }

  private void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      answer(request, NO_BODY);
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() <= ClientApi.MOST_BYTES) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Context context = vertx.getOrCreateContext();
    ClientRequest asked = ClientRequest.of(
        request.method().name(),
        request.path(),
        request.query(),
        request.getHeader("Authorization"));
    CompletableFuture<RestResponse> answer = api.answer(asked, body.getBytes());
    request.connection().closeHandler(closed -> answer.cancel(true));
    CompletableFuture<Void> unused = answer.thenAccept(
        response -> context.runOnContext(go -> send(request.response(), response)));
  }

  private static void send(HttpServerResponse out, RestResponse response) {
    if (!out.closed() && !out.ended()) {
      response.headers().forEach(out::putHeader);
      out.setStatusCode(response.status()).end(Buffer.buffer(response.toByteArray()));
    }
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    await(server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS));
    await(vertx.close());
  }

  private static void await(Future<?> done) {
    Object unused = done.toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
