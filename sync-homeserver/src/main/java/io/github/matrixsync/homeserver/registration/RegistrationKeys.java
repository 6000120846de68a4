package io.github.matrixsync.homeserver.registration;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the keys and values of a registration file. Other keys are ignored. Pure.
 *
 * @since 0.1.0
 */
public final class RegistrationKeys {
  private static final String URL = "url";
  private static final String NAMESPACES = "namespaces";
  private static final String REGEX = "regex";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** The key of the specification, and that of the time before it had one. */
  private static final List<String> EPHEMERAL =
      List.of("receive_ephemeral", "de.sorunome.msc2409.push_ephemeral");

  /** Names in container networks have underscores, which {@link URI#getHost} takes for no host. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private RegistrationKeys() {}

  /**
   * Returns the registration that a parsed file has.
   *
   * @param root its keys and values: strings, booleans, {@code null}, lists and mappings, and {@link OtherScalar}
   * @throws InvalidRegistrationException if it lacks something, or has something that is not of the right kind; the
   *     message names the key, and quotes no token
   */
  public static Registration of(Map<?, ?> root) {
    List<String> top = List.of();
    Object namespaces = root.get(NAMESPACES);
    if (namespaces != null && !(namespaces instanceof Map)) {
      throw wrong(top, NAMESPACES, "a mapping", namespaces);
    }
    Map<?, ?> entries = namespaces instanceof Map<?, ?> map ? map : Map.of();
    String sender = text(top, root, "sender_localpart");
    return new Registration(
        root.get("id") == null ? sender : text(top, root, "id"),
        url(root),
        text(top, root, "as_token"),
        text(top, root, "hs_token"),
        sender,
        namespaces(entries, "users"),
        namespaces(entries, "aliases"),
        namespaces(entries, "rooms"),
        EPHEMERAL.stream().anyMatch(key -> flag(root, key)));
  }

  private static boolean flag(Map<?, ?> root, String key) {
    Object value = root.get(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrong(List.of(), key, "true or false", value);
  }

  private static String text(List<String> path, Map<?, ?> parent, String key) {
    Object value = parent.get(key);
    if (!parent.containsKey(key)) {
      throw new InvalidRegistrationException(path, "'" + key + "' is missing");
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(path, key, "a string", value);
  }

  /** Returns an error with the kind of a value, and without the value. */
  private static InvalidRegistrationException wrong(
      List<String> path, String key, String expected, @Nullable Object value) {
    String advice = expected.equals("a string") && isScalar(value) ? "; put it in quotes" : "";
    return new InvalidRegistrationException(
        with(path, key), "'" + key + "' must be " + expected + ", and is " + kind(value) + advice);
  }

  private static List<String> with(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof Boolean || value instanceof OtherScalar;
  }

  private static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof OtherScalar other) {
      return other.kind();
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof List) {
      return "a list";
    } else if (value instanceof Map) {
      return "a mapping";
    }
    return value instanceof String text && text.isBlank() ? "blank" : "a string";
  }

  private static Optional<URI> url(Map<?, ?> root) {
    if (root.containsKey(URL) && root.get(URL) == null) {
      return Optional.empty();
    }
    URI url = parsed(text(List.of(), root, URL).strip().replaceFirst("/+$", ""));
    if (!SCHEMES.contains(String.valueOf(url.getScheme()))
        || !HOST_AND_PORT.matcher(String.valueOf(url.getRawAuthority())).matches()
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw noAddress("");
    }
    return Optional.of(url);
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw noAddress(": " + e.getReason());
    }
  }

  private static InvalidRegistrationException noAddress(String why) {
    return new InvalidRegistrationException(
        List.of(URL), "'url' must be null or an http or https address" + why);
  }

  private static List<Namespace> namespaces(Map<?, ?> parent, String key) {
    Object list = parent.get(key);
    if (list == null) {
      return List.of();
    }
    if (list instanceof List<?> entries) {
      List<Namespace> namespaces = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        namespaces.add(namespace(entries.get(i), key, i));
      }
      return namespaces;
    }
    throw wrong(List.of(NAMESPACES), key, "a list", list);
  }

  private static Namespace namespace(@Nullable Object entry, String key, int number) {
    List<String> path = List.of(NAMESPACES, key, Integer.toString(number));
    if (!(entry instanceof Map<?, ?> map) || !(map.get("exclusive") instanceof Boolean exclusive)) {
      throw new InvalidRegistrationException(
          path, "each of '" + key + "' needs a 'regex', and 'exclusive' that is true or false");
    }
    String regex = text(path, map, REGEX);
    return new Namespace(pattern(with(path, REGEX), regex, key), exclusive);
  }

  private static Pattern pattern(List<String> path, String regex, String key) {
    String which = "the 'regex' " + regex + " of '" + key + "' ";
    try {
      Pattern pattern = Pattern.compile(regex);
      ServiceNamespaces unused = ServiceNamespaces.of(List.of(pattern), List.of(), List.of());
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new InvalidRegistrationException(
          path, which + "is not a regular expression: " + why(e));
    } catch (IllegalArgumentException e) {
      throw new InvalidRegistrationException(path, which + "cannot be used: " + e.getMessage());
    }
  }

  /** Returns what is wrong, and after how many characters it was noticed. */
  private static String why(PatternSyntaxException e) {
    String place = e.getIndex() < 0 ? "" : " near its character " + (e.getIndex() + 1);
    return e.getDescription() + place;
  }
}
