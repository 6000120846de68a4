package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.http.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The page at {@code /}: one HTML file that shows two users in a room, and the figures of the engine. Its content
 * security policy allows its own style and its own script, by their hashes, and requests to this server. Thread-safe.
 */
final class Page {
  /** The methods that read; the answer to {@code HEAD} is sent without its body. */
  static final List<String> READS = List.of("GET", "HEAD");

  private static final String FILE = "page.html";
  private static final String NO_RESTARTS = "data-restarts=\"no\"";

  private final Optional<Runnable> restart;
  private final byte[] html;
  private final Map<String, String> headers;

  /**
   * Reads the page.
   *
   * @param restart restarts the engine, and blocks; empty if the page may not do that
   */
  Page(Optional<Runnable> restart) {
    this.restart = restart;
    String file = read();
    String text = restart.isPresent() ? file.replace(NO_RESTARTS, "data-restarts=\"yes\"") : file;
    html = text.getBytes(StandardCharsets.UTF_8);
    headers = Map.of(
        "Content-Type", "text/html; charset=utf-8",
        "Content-Security-Policy", policy(text),
        "Referrer-Policy", "no-referrer",
        "X-Content-Type-Options", "nosniff",
        "Cache-Control", "no-cache");
  }

  void addTo(Router router) {
    READS.forEach(method -> router.add(method, "", call -> Answer.file(headers, html)));
    restart.ifPresent(engine -> router.add("POST", "restart", call -> restart(call, engine)));
  }

  /**
   * Returns whether a page of another origin asks to change something outside the APIs of Matrix, such as a restart of
   * the engine. Browsers name the origin of the page, other clients none.
   */
  static boolean isAskedByAnotherPage(Request request) {
    return request.method().equals("POST")
        && !request.path().startsWith("/_matrix/")
        && request
            .header("Origin")
            .filter(origin -> !origin.endsWith("://" + request.header("Host").orElse("")))
            .isPresent();
  }

  private static Answer restart(Call call, Runnable restart) {
    call.requireUser();
    long begin = System.nanoTime();
    restart.run();
    return Answer.of(Json.object()
        .put("milliseconds", Duration.ofNanos(System.nanoTime() - begin).toMillis()));
  }

  private static String policy(String html) {
    return "default-src 'none'; connect-src 'self'; img-src data:; script-src '"
        + hash(html, "script") + "'; style-src '" + hash(html, "style")
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Returns the hash of the only element of this name. */
  private static String hash(String html, String element) {
    String begin = "<" + element + ">";
    String text =
        html.substring(html.indexOf(begin) + begin.length(), html.indexOf("</" + element + ">"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String read() {
    try (InputStream in = Page.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
