package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.homeserver.body.ApiError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request as an HTTP library received it, with its whole body. Immutable.
 *
 * @since 0.1.0
 */
public final class Request {
  private final String method;
  private final String path;
  private final String query;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;

  /**
   * Wraps a request.
   *
   * @param method in capital letters
   * @param path the path, with its escapes
   * @param query the query without its question mark, with its escapes; an empty string if there is none
   * @param headers returns the value of a header, whose name may be in any case; null if there is none
   * @param body its bytes, which are not copied and not changed
   */
  public Request(
      String method,
      String path,
      String query,
      Function<String, @Nullable String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  public String query() {
    return query;
  }

  /** Returns the bytes of the body, which must not be changed. */
  public byte[] body() {
    return body;
  }

  /** Returns the value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  /**
   * Returns the decoded segments of a path.
   *
   * @param path begins with a slash
   */
  public static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      try {
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw ApiError.of(400, "M_UNKNOWN", "the path has a broken escape");
      }
    }
    return segments;
  }
}
