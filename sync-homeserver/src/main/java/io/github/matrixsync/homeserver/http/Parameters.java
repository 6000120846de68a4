package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.rest.RestRequest;
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
    try {
      return RestRequest.decodeQuery(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.of(400, "M_UNKNOWN", "the query has a broken escape");
    }
  }

  private static boolean isForm(Request request) {
    return request.header("Content-Type").map(type -> type.toLowerCase(Locale.ROOT)).stream()
            .anyMatch(type -> type.startsWith(FORM))
        && request.body().length > 0
        && request.body()[0] != '{';
  }

  /** Returns the fields of a form, the first of each name; empty if it is not a form. */
  private static Map<String, List<String>> form(String body) {
    try {
      Map<String, List<String>> form = RestRequest.decodeQuery(body);
      form.replaceAll((name, values) -> List.of(values.get(0)));
      return form;
    } catch (IllegalArgumentException e) {
      return new HashMap<>();
    }
  }
}
