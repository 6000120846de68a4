package io.github.matrixsync.homeserver.registration;

import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import java.net.URI;
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
   * @throws IllegalArgumentException if it lacks something, or has something that is not of the right kind; the message
   *     names the key, and quotes no token
   */
  public static Registration of(Map<?, ?> root) {
    Object namespaces = root.get("namespaces");
    if (namespaces != null && !(namespaces instanceof Map)) {
      throw wrong("namespaces", "a mapping", namespaces);
    }
    Map<?, ?> entries = namespaces instanceof Map<?, ?> map ? map : Map.of();
    String sender = text(root, "sender_localpart");
    return new Registration(
        root.get("id") == null ? sender : text(root, "id"),
        url(root),
        text(root, "as_token"),
        text(root, "hs_token"),
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
    throw wrong(key, "true or false", value);
  }

  private static String text(Map<?, ?> parent, String key) {
    Object value = parent.get(key);
    if (!parent.containsKey(key)) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key, "a string", value);
  }

  /** Returns an error with the kind of a value, and without the value. */
  private static IllegalArgumentException wrong(
      String key, String expected, @Nullable Object value) {
    String advice = expected.equals("a string") && isScalar(value) ? "; put it in quotes" : "";
    return new IllegalArgumentException(
        "'" + key + "' must be " + expected + ", and is " + kind(value) + advice);
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
    if (root.containsKey("url") && root.get("url") == null) {
      return Optional.empty();
    }
    URI url = URI.create(text(root, "url").strip().replaceFirst("/+$", ""));
    if (!SCHEMES.contains(String.valueOf(url.getScheme()))
        || !HOST_AND_PORT.matcher(String.valueOf(url.getRawAuthority())).matches()
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("'url' must be null or an http or https address");
    }
    return Optional.of(url);
  }

  private static List<Namespace> namespaces(Map<?, ?> parent, String key) {
    Object list = parent.get(key);
    if (list == null) {
      return List.of();
    }
    if (list instanceof List<?> entries) {
      return entries.stream().map(entry -> namespace(entry, key)).toList();
    }
    throw wrong(key, "a list", list);
  }

  private static Namespace namespace(@Nullable Object entry, String key) {
    if (!(entry instanceof Map<?, ?> map) || !(map.get("exclusive") instanceof Boolean exclusive)) {
      throw new IllegalArgumentException(
          "each of '" + key + "' needs a 'regex', and 'exclusive' that is true or false");
    }
    String regex = text(map, "regex");
    try {
      return new Namespace(Pattern.compile(regex), exclusive);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the 'regex' " + regex + " of '" + key + "' is none: " + e.getDescription(), e);
    }
  }
}
