package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.examples.homeserver.Registration.Namespace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a registration file: YAML, as the tools of bridges write it. What it says besides is not looked at. */
final class RegistrationFile {
  private static final YAMLMapper MAPPER = YAMLMapper.builder().build();
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private RegistrationFile() {}

  /**
   * Reads one file.
   *
   * @throws IllegalArgumentException if it cannot be read or lacks something; the message names the file and what is wrong with it
   */
  static Registration read(Path file) {
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException("it must be a YAML mapping");
      }
      return registration(root);
    } catch (NoSuchFileException e) {
      throw bad(file, "there is no such file", e);
    } catch (IOException e) {
      throw bad(file, "it cannot be read: " + e, e);
    } catch (JacksonException e) {
      throw bad(
          file, "it is no YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IllegalArgumentException e) {
      throw bad(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IllegalArgumentException bad(Path file, String why, Exception cause) {
    return new IllegalArgumentException("cannot use " + file + ": " + why, cause);
  }

  private static Registration registration(JsonNode root) {
    JsonNode namespaces = root.path("namespaces");
    if (!namespaces.isObject() && !namespaces.isNull() && !namespaces.isMissingNode()) {
      throw new IllegalArgumentException("'namespaces' must be a mapping");
    }
    return new Registration(
        text(root, "id"),
        url(root),
        text(root, "as_token"),
        text(root, "hs_token"),
        text(root, "sender_localpart"),
        namespaces(namespaces, "users"),
        namespaces(namespaces, "aliases"),
        namespaces(namespaces, "rooms"));
  }

  private static String text(JsonNode parent, String key) {
    JsonNode value = parent.path(key);
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    if (!value.isString() || value.asString().isBlank()) {
      throw new IllegalArgumentException("'" + key + "' must be text; quote what looks different");
    }
    return value.asString();
  }

  private static Optional<URI> url(JsonNode root) {
    if (root.path("url").isNull()) {
      return Optional.empty();
    }
    URI url = URI.create(text(root, "url").replaceFirst("/+$", ""));
    if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException("'url' must be null or an http or https address");
    }
    return Optional.of(url);
  }

  private static List<Namespace> namespaces(JsonNode parent, String key) {
    JsonNode list = parent.path(key);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException("'" + key + "' must be a list");
    }
    return list.valueStream().map(entry -> namespace(entry, key)).toList();
  }

  private static Namespace namespace(JsonNode entry, String key) {
    if (!entry.isObject() || !entry.path("exclusive").isBoolean()) {
      throw new IllegalArgumentException(
          "each of '" + key + "' needs a 'regex', and 'exclusive' that is true or false");
    }
    String regex = text(entry, "regex");
    try {
      return new Namespace(Pattern.compile(regex), entry.path("exclusive").asBoolean());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the 'regex' " + regex + " of '" + key + "' is none: " + e.getDescription(), e);
    }
  }
}
