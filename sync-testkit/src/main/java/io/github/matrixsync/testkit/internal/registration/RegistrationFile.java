package io.github.matrixsync.testkit.internal.registration;

import io.github.matrixsync.homeserver.registration.InvalidRegistrationException;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import io.github.matrixsync.homeserver.registration.RegistrationKeys;
import io.github.matrixsync.testkit.internal.server.Contents;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads and writes registration files: YAML in UTF-8. Pure. */
public final class RegistrationFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private RegistrationFile() {}

  /**
   * Reads a file.
   *
   * @param id the id that the file must have
   * @throws IllegalArgumentException if it cannot be read or used; the message has the file, the line and the key, and
   *     quotes no token
   */
  public static Registration read(Path file, String id) {
    try {
      String text = Files.readString(file);
      YamlNode root =
          YamlReader.mapping(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
      return registration(root, id);
    } catch (YamlException e) {
      throw bad(file, e.message(), e);
    } catch (NoSuchFileException e) {
      throw bad(file, "there is no such file", e);
    } catch (CharacterCodingException e) {
      throw bad(file, "it is not UTF-8", e);
    } catch (IOException e) {
      throw bad(file, "it cannot be read: " + e, e);
    }
  }

  private static Registration registration(YamlNode root, String id) {
    try {
      Map<?, ?> keys = (Map<?, ?>) Objects.requireNonNull(root.plain());
      Registration registration = RegistrationKeys.of(keys);
      if (!registration.id().equals(id)) {
        throw new YamlException(
            root.line(List.of("id")),
            "the 'id' is " + registration.id() + ", but the test asks for the service " + id);
      }
      return registration;
    } catch (InvalidRegistrationException e) {
      throw new YamlException(root.line(e.path()), String.valueOf(e.getMessage()));
    }
  }

  /** Returns the error for a file that cannot be used. */
  public static IllegalArgumentException bad(Path file, String why, Exception cause) {
    return new IllegalArgumentException("cannot use " + file + ": " + why, cause);
  }

  /** Returns a registration as a file has it. */
  public static String write(Registration registration) {
    StringBuilder yaml = new StringBuilder();
    entry(yaml, "id", registration.id());
    registration
        .url()
        .ifPresentOrElse(
            url -> entry(yaml, "url", url.toString()), () -> yaml.append("url: null\n"));
    entry(yaml, "as_token", registration.asToken());
    entry(yaml, "hs_token", registration.hsToken());
    entry(yaml, "sender_localpart", registration.senderLocalpart());
    if (registration.receivesEphemeral()) {
      yaml.append("receive_ephemeral: true\n");
    }
    Map<String, List<Namespace>> namespaces = new LinkedHashMap<>();
    namespaces.put("users", registration.users());
    namespaces.put("aliases", registration.aliases());
    namespaces.put("rooms", registration.rooms());
    namespaces.values().removeIf(List::isEmpty);
    yaml.append(namespaces.isEmpty() ? "namespaces: {}\n" : "namespaces:\n");
    namespaces.forEach((kind, entries) -> {
      yaml.append("  ").append(kind).append(":\n");
      entries.forEach(entry -> namespace(yaml, entry));
    });
    return yaml.toString();
  }

  private static void entry(StringBuilder yaml, String key, String value) {
    yaml.append(key).append(": ").append(Contents.quote(value)).append('\n');
  }

  private static void namespace(StringBuilder yaml, Namespace namespace) {
    yaml.append("    - exclusive: ").append(namespace.exclusive()).append("\n      regex: ");
    yaml.append(Contents.quote(namespace.regex().pattern())).append('\n');
  }
}
