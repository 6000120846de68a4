package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RawJson;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests to application services, by an HTTP client of the host. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServiceConnection {
  /**
   * What a service answered.
   *
   * @param status the HTTP status
   * @param body the body, which may be anything
   */
  record Reply(int status, RawJson body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Sends a request. Does not block. Redirects are not followed.
   *
   * @param url the address with its query, in which an access token may be
   * @param body its bytes; empty if there is no body
   * @return the answer; fails if none came, with a {@link java.util.concurrent.TimeoutException} if it did not come to
   *     its end within a time that the host sets
   */
  CompletableFuture<Reply> send(
      String method, String url, Map<String, String> headers, byte[] body);
}
