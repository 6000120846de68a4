package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A connection that records requests, and answers with what a test set. Confined to one thread. */
final class FakeConnection implements ServiceConnection {
  static final Service IRC = service("irc", Optional.of(URI.create("http://bridge")));

  /** A request. */
  record Sent(String method, String url, Map<String, String> headers, String body) {}

  private static final String QUERY = "?access_token=hs%2Firc";

  final List<Sent> sent = new ArrayList<>();
  private final Queue<CompletableFuture<Reply>> answers = new ArrayDeque<>();

  static Service service(String name, Optional<URI> url) {
    Registration registration = new Registration(
        name,
        url,
        "as/" + name,
        "hs/" + name,
        name + "bot",
        List.of(),
        List.of(),
        List.of(),
        false);
    return Service.of(registration, UserId.parse("@" + name + "bot:h"));
  }

  ServiceClient client() {
    return ServiceClient.of(List.of(IRC), this).get(0);
  }

  FakeConnection answers(int status, String body) {
    answers.add(CompletableFuture.completedFuture(new Reply(status, RawJson.of(body))));
    return this;
  }

  FakeConnection fails(Throwable failure) {
    answers.add(CompletableFuture.failedFuture(failure));
    return this;
  }

  /** Returns the paths of the requests since the last call, without host and token. */
  List<String> paths() {
    List<String> paths = sent.stream()
        .map(request -> request.url().replace("http://bridge", "").replace(QUERY, ""))
        .toList();
    sent.clear();
    return paths;
  }

  @Override
  public CompletableFuture<Reply> send(
      String method, String url, Map<String, String> headers, byte[] body) {
    sent.add(new Sent(method, url, headers, RawJson.of(body).toString()));
    return answers.remove();
  }
}
