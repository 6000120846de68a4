package io.github.matrixsync.examples.homeserver.http;

import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a request, and its access token. Clients of v1 may send them as a form in the body of a POST, as
 * servers of that time allowed; a form without a token is treated as JSON with a wrong content type, as {@code curl -d}
 * sends it. Immutable.
 *
 * @param all the decoded values of each name
 * @param isForm whether the body was a form, and so has no JSON
 */
public record Parameters(Map<String, List<String>> all, boolean isForm) {
  private static final String TOKEN = "access_token";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern BEARER =
      Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  /** Reads the query, and the body if it can be a form. */
  public static Parameters of(HttpServerRequest request, Buffer body, Api api) {
    Map<String, List<String>> query = query(request);
    if (api.takesForms() && request.method().equals(HttpMethod.POST) && isForm(request, body)) {
      Map<String, List<String>> form = form(body.toString(StandardCharsets.UTF_8));
      if (form.containsKey(TOKEN)) {
        form.putAll(query);
        return new Parameters(form, true);
      }
    }
    return new Parameters(query, false);
  }

  /** Returns the access token of the header, whose scheme may be in any case, or of the parameters. */
  public Optional<String> token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      Matcher bearer = BEARER.matcher(header);
      if (bearer.matches()) {
        return Optional.of(bearer.group(1));
      }
    }
    return all.getOrDefault(TOKEN, List.of()).stream().findFirst();
  }

  private static Map<String, List<String>> query(HttpServerRequest request) {
    Map<String, List<String>> query = new HashMap<>();
    try {
      MultiMap params = request.params(true);
      params.names().forEach(name -> query.put(name, List.copyOf(params.getAll(name))));
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, "M_UNKNOWN", "the query has a broken escape");
    }
    return query;
  }

  private static boolean isForm(HttpServerRequest request, Buffer body) {
    String type = request.getHeader("Content-Type");
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(FORM)
        && body.length() > 0
        && body.getByte(0) != '{';
  }

  /** Returns the fields of a form, the first of each name; empty if it is not a form. */
  private static Map<String, List<String>> form(String body) {
    Map<String, List<String>> form = new HashMap<>();
    try {
      for (String field : body.split("&", -1)) {
        int end = field.indexOf('=');
        String name = decode(end < 0 ? field : field.substring(0, end));
        form.putIfAbsent(name, List.of(end < 0 ? "" : decode(field.substring(end + 1))));
      }
    } catch (IllegalArgumentException e) {
      return new HashMap<>();
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
