package io.github.matrixsync.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.matrixsync.homeserver.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Sends answers, whole or as a fault has them. A client that has gone is not noticed: its poll ends with its time.
 * Pure.
 *
 * <p>Each answer ends its connection. On a connection that is kept, the server of JDK 17 sends the headers and the body
 * in two packets, and the second one waits some 40 ms for the delayed acknowledgement of the first.
 */
final class Sender {
  private static final byte[] NONSENSE =
      "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);
  private static final long NO_BODY = -1;

  private Sender() {}

  /** Returns the bytes of a response's body. */
  static byte[] body(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) response.length());
    try {
      response.writeTo(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  /** Sends a whole answer. */
  static void send(HttpExchange exchange, int status, Map<String, String> headers, byte[] body) {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Connection", "close");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    try (exchange) {
      exchange.sendResponseHeaders(status, isHead || body.length == 0 ? NO_BODY : body.length);
      if (!isHead && body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** Announces a whole answer, sends half of it and ends the connection. */
  static void cut(HttpExchange exchange, int status, Map<String, String> headers, byte[] body) {
    headers.forEach(exchange.getResponseHeaders()::set);
    try (exchange) {
      exchange.sendResponseHeaders(status, Math.max(2, body.length));
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, body.length / 2);
      out.flush();
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** Sends something that is no JSON. */
  static void sendNonsense(HttpExchange exchange) {
    send(exchange, 200, Map.of("Content-Type", "text/html"), NONSENSE);
  }
}
