package io.github.matrixsync.homeserver.push;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The push rules of users. They are the account data of type {@code m.push_rules}, so that a change wakes the user's
 * polls. A new user has the default rules of the specification. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PushRules {
  public static final String TYPE = "m.push_rules";

  /** The kinds of rules, in the order in which they are tried. */
  public static final List<String> KINDS =
      List.of("override", "content", "room", "sender", "underride");

  private static final String GLOBAL = "global";
  private static final String DEFAULTS = read("default-rules.json");

  private final SettableAccountDataStore store;

  public PushRules(SettableAccountDataStore store) {
    this.store = store;
  }

  /** Returns a user's rules: a list for each kind. They are a copy. */
  public ObjectNode of(UserId user) {
    return stored(user).orElseGet(() -> defaults(user));
  }

  /** Stores the default rules of a user who has none, so that they are in the first answer of a sync. */
  public synchronized void ensure(UserId user) {
    if (stored(user).isEmpty()) {
      set(user, defaults(user));
    }
  }

  /** Changes a user's rules. */
  synchronized void change(UserId user, Consumer<ObjectNode> change) {
    ObjectNode rules = of(user);
    ObjectNode before = rules.deepCopy();
    change.accept(rules);
    if (!rules.equals(before)) {
      set(user, rules);
    }
  }

  private Optional<ObjectNode> stored(UserId user) {
    return store.current(List.of(user)).stream()
        .filter(entry -> entry.room().isEmpty() && entry.type().equals(TYPE))
        .map(entry -> Json.read(entry.content()).path(GLOBAL))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .findFirst();
  }

  private void set(UserId user, ObjectNode rules) {
    ObjectNode content = Json.object();
    content.set(GLOBAL, rules);
    store.set(new AccountDataChange(0, user, Optional.empty(), TYPE, Json.write(content)));
  }

  private static ObjectNode defaults(UserId user) {
    String id = user.value();
    String localpart = id.substring(1, id.indexOf(':'));
    String rules = DEFAULTS
        .replace("\"[the user's id]\"", text(id))
        .replace("\"[the local part of the user's id]\"", text(localpart));
    return Json.body(rules.getBytes(StandardCharsets.UTF_8)).tree();
  }

  private static String text(String text) {
    return JsonNode.string(text).toString();
  }

  private static String read(String name) {
    try (InputStream resource = PushRules.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(resource, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
