package io.github.matrixsync.testkit;

import io.github.matrixsync.homeserver.registration.RegistrationKeys;
import io.github.matrixsync.testkit.internal.http.Pushes;
import io.github.matrixsync.testkit.internal.server.Contents;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An application service of a world: the events that concern it are pushed to its address, in transactions, one at a
 * time and in order. A transaction that fails is repeated after pauses, which pass in the time of the world.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestService {
  private final MatrixWorld world;
  private final Pushes.Link link;
  private final TestUser sender;
  private final String file;

  private TestService(MatrixWorld world, Pushes.Link link, String file) {
    this.world = world;
    this.link = link;
    this.file = file;
    sender = world.user(link.service().sender().value());
  }

  /** Returns the service's id. */
  public String id() {
    return link.service().id();
  }

  /** Returns the service's own user, as whom it acts if it names nobody else. */
  public TestUser sender() {
    return sender;
  }

  /** Returns the token that the service sends with its requests. */
  public String asToken() {
    return link.service().registration().asToken();
  }

  /** Returns the token that the service gets with its transactions. */
  public String hsToken() {
    return link.service().registration().hsToken();
  }

  /** Returns the registration as a YAML file has it. */
  public String registrationFile() {
    return file;
  }

  /**
   * Waits until everything that is due to the service was sent, and its requests were answered, as {@link
   * io.github.matrixsync.testkit.http.WorldServer#settle(Duration)} does.
   */
  public void settle() {
    world.server().settle();
  }

  /** Waits as {@link #settle()}, until it has been quiet for a time. */
  public void settle(Duration quietFor) {
    world.server().settle(quietFor);
  }

  /**
   * Sends the last transaction once more, with the same id, as a server does that did not get the answer.
   *
   * @throws IllegalStateException if there was none
   */
  public void redelivers() {
    link.connection().redeliver();
  }

  /** Sends nothing from now on. */
  public void pauses() {
    link.connection().pause();
  }

  /** Sends what was held back, and goes on. */
  public void resumes() {
    link.connection().resume();
  }

  @Override
  public String toString() {
    return id();
  }

  /**
   * Registers an application service. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final MatrixWorld world;
    private final String id;
    private final Map<String, List<String>> namespaces = new LinkedHashMap<>();
    private @Nullable URI url;
    private boolean receivesEphemeral;

    Builder(MatrixWorld world, String id) {
      this.world = world;
      this.id = id;
    }

    /** Reserves the users whose whole ids begin with a match of a regular expression, such as {@code @irc_.*}. */
    public Builder users(String regex) {
      return namespace("users", regex);
    }

    /** Reserves the aliases that begin with a match of a regular expression. */
    public Builder aliases(String regex) {
      return namespace("aliases", regex);
    }

    /** Adds the rooms whose ids begin with a match of a regular expression. */
    public Builder rooms(String regex) {
      return namespace("rooms", regex);
    }

    private Builder namespace(String kind, String regex) {
      namespaces.computeIfAbsent(kind, any -> new ArrayList<>()).add(regex);
      return this;
    }

    /** Sets the address to which events are pushed. Without one, nothing is. */
    public Builder url(URI address) {
      url = Objects.requireNonNull(address, "address");
      return this;
    }

    /** Adds typing notifications, receipts and presence to what is pushed. */
    public Builder receivesEphemeral() {
      receivesEphemeral = true;
      return this;
    }

    /**
     * Registers the service. Its own user has its id as the local part.
     *
     * @throws IllegalArgumentException if there is a service with this id, or what is to be registered is invalid; the
     *     message names the key
     */
    public TestService register() {
      Map<String, @Nullable Object> keys = keys();
      return new TestService(
          world, world.http().pushes().register(RegistrationKeys.of(keys)), yaml(keys));
    }

    private Map<String, @Nullable Object> keys() {
      Map<String, @Nullable Object> keys = new LinkedHashMap<>();
      keys.put("id", id);
      keys.put("url", url == null ? null : url.toString());
      keys.put("as_token", "as-token-of-" + id);
      keys.put("hs_token", "hs-token-of-" + id);
      keys.put("sender_localpart", id);
      if (receivesEphemeral) {
        keys.put("receive_ephemeral", true);
      }
      Map<String, Object> all = new LinkedHashMap<>();
      namespaces.forEach((kind, regexes) -> all.put(
          kind,
          regexes.stream()
              .map(regex ->
                  Map.<String, Object>of("exclusive", !kind.equals("rooms"), "regex", regex))
              .toList()));
      keys.put("namespaces", all);
      return keys;
    }

    private static String yaml(Map<String, @Nullable Object> keys) {
      StringBuilder yaml = new StringBuilder();
      keys.forEach((key, value) -> {
        if (value == null) {
          yaml.append(key).append(": null\n");
        } else if (value instanceof String text) {
          yaml.append(key).append(": ").append(Contents.quote(text)).append('\n');
        } else if (value instanceof Boolean) {
          yaml.append(key).append(": ").append(value).append('\n');
        } else if (value instanceof Map<?, ?> all) {
          yaml.append(key).append(all.isEmpty() ? ": {}\n" : ":\n");
          all.forEach((kind, entries) -> namespaces(yaml, kind, (List<?>) entries));
        }
      });
      return yaml.toString();
    }

    private static void namespaces(StringBuilder yaml, Object kind, List<?> entries) {
      yaml.append("  ").append(kind).append(":\n");
      for (Object entry : entries) {
        Map<?, ?> namespace = (Map<?, ?>) entry;
        yaml.append("    - exclusive: ").append(namespace.get("exclusive"));
        yaml.append("\n      regex: ")
            .append(Contents.quote(String.valueOf(namespace.get("regex"))))
            .append('\n');
      }
    }
  }
}
