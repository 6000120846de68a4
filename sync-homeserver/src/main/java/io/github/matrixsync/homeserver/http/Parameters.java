package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.homeserver.body.ApiError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * @since 0.1.0
 */
public record Parameters(Map<String, List<String>> all, boolean isForm) {
  private static final String TOKEN = "access_token";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern BEARER =
      Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  /** Reads the query, and the body if it can be a form. */
  public static Parameters of(Request request, Api api) {
    Map<String, List<String>> query = query(request.query());
    if (api.takesForms() && request.method().equals("POST") && isForm(request)) {
      Map<String, List<String>> form = form(new String(request.body(), StandardCharsets.UTF_8));
      if (form.containsKey(TOKEN)) {
        form.putAll(query);
        return new Parameters(form, true);
      }
    }
    return new Parameters(query, false);
  }

  /** Returns the access token of the header, whose scheme may be in any case, or of the parameters. */
  public Optional<String> token(Request request) {
    return request
        .header("Authorization")
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group(1))
        .or(() -> all.getOrDefault(TOKEN, List.of()).stream().findFirst());
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new HashMap<>();
    try {
      for (String field : text.split("&", -1)) {
        if (!field.isEmpty()) {
          query.computeIfAbsent(name(field), name -> new ArrayList<>()).add(value(field));
        }
      }
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, "M_UNKNOWN", "the query has a broken escape");
    }
    return query;
  }

  private static boolean isForm(Request request) {
    return request.header("Content-Type").map(type -> type.toLowerCase(Locale.ROOT)).stream()
            .anyMatch(type -> type.startsWith(FORM))
        && request.body().length > 0
        && request.body()[0] != '{';
  }

  /** Returns the fields of a form, the first of each name; empty if it is not a form. */
  private static Map<String, List<String>> form(String body) {
    Map<String, List<String>> form = new HashMap<>();
    try {
      for (String field : body.split("&", -1)) {
        form.putIfAbsent(name(field), List.of(value(field)));
      }
    } catch (IllegalArgumentException e) {
      return new HashMap<>();
    }
    return form;
  }

  private static String name(String field) {
    int end = field.indexOf('=');
    return decode(end < 0 ? field : field.substring(0, end));
  }

  private static String value(String field) {
    int end = field.indexOf('=');
    return end < 0 ? "" : decode(field.substring(end + 1));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
