package io.github.matrixsync.examples.homeserver.appservice;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.body.Json;
import io.github.matrixsync.examples.homeserver.registration.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/** Sends requests to an application service. Errors say why a request failed, without any token. Thread-safe. */
public final class ServiceClient {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 32;
  private static final int IDLE_SECONDS = 3; // bridges close idle connections after five

  /** A request that a service did not fulfill. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String why) {
      super(why, null, false, false);
    }
  }

  private final HttpClient http;
  private final Service service;
  private final URI url;
  private final Duration timeout;

  private ServiceClient(HttpClient http, Service service, URI url, Duration timeout) {
    this.http = http;
    this.service = service;
    this.url = url;
    this.timeout = timeout;
  }

  /** Returns clients for those services that listen. */
  public static List<ServiceClient> of(List<Service> services, Vertx vertx) {
    return of(services, vertx, REQUEST_TIMEOUT);
  }

  /** Returns clients for those services that listen, with a timeout for each request. */
  public static List<ServiceClient> of(List<Service> services, Vertx vertx, Duration timeout) {
    HttpClient http = vertx.createHttpClient(
        new HttpClientOptions().setKeepAliveTimeout(IDLE_SECONDS),
        new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    return services.stream()
        .flatMap(
            service -> service
                .registration()
                .url()
                .map(url -> new ServiceClient(http, service, url, timeout))
                .stream())
        .toList();
  }

  Service service() {
    return service;
  }

  /** Sends a transaction; completes when the service has accepted it. */
  Future<Void> push(String transaction, RawJson events) {
    return send(HttpMethod.PUT, "/transactions/" + encode(transaction), events.toByteArray());
  }

  /** Asks whether a user exists, so that the service creates it. */
  Future<Void> queryUser(String user) {
    return send(HttpMethod.GET, "/users/" + encode(user), new byte[0]);
  }

  /** Asks whether a room with an alias exists, so that the service creates it. */
  Future<Void> queryAlias(String alias) {
    return send(HttpMethod.GET, "/rooms/" + encode(alias), new byte[0]);
  }

  private Future<Void> send(HttpMethod method, String path, byte[] body) {
    RequestOptions options = new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(
            url + path + "?access_token=" + encode(service.registration().hsToken()))
        .setConnectTimeout(timeout.toMillis());
    if (body.length > 0) {
      options.putHeader("Content-Type", "application/json");
    }
    return http.request(options)
        .compose(request -> exchange(request, body))
        .recover(failure ->
            Future.failedFuture(new Refusal("no answer, " + failure.getClass().getSimpleName())))
        .compose(Reply::check);
  }

  /** The timeout covers the whole response, so one that begins and does not end fails. */
  private Future<Reply> exchange(HttpClientRequest request, byte[] body) {
    return request
        .send(Buffer.buffer(body))
        .compose(answer -> answer.body().map(text -> new Reply(answer, text)))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.reset());
  }

  private record Reply(HttpClientResponse answer, Buffer body) {
    /** Checks the response; some bridges refuse with a status of 200. */
    private Future<Void> check() {
      int status = answer.statusCode();
      if (status < 200 || status >= 300) {
        return Future.failedFuture(new Refusal("the answer has the status " + status));
      }
      String errcode = errcode();
      return errcode.isEmpty()
          ? Future.succeededFuture()
          : Future.failedFuture(new Refusal("the answer is an error"));
    }

    private String errcode() {
      try {
        return Json.body(body.getBytes()).tree().path("errcode").asString("");
      } catch (ApiError | JacksonException e) {
        return "";
      }
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
