package io.github.matrixsync.testkit;

import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.RegistrationKeys;
import io.github.matrixsync.testkit.internal.http.Pushes;
import io.github.matrixsync.testkit.internal.registration.RegistrationFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

  private TestService(MatrixWorld world, Pushes.Link link) {
    this.world = world;
    this.link = link;
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
    return RegistrationFile.write(link.service().registration());
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

  /**
   * Sends at most this many room events in one transaction, from the next one on.
   *
   * @param most 1 to 20, which is the bound without this call
   */
  public void delivers(int most) {
    if (most < 1 || most > Pusher.MOST_EVENTS) {
      throw new IllegalArgumentException(
          "a transaction has 1 to " + Pusher.MOST_EVENTS + " events, got " + most);
    }
    world.act(id() + ".delivers(" + most + ")", () -> {
      world.http().pushes().limit(link.service(), most);
      return most;
    });
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
    private @Nullable Path file;

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
     * Takes the registration from a bridge's own file, in YAML. The other methods of this builder add to it, and {@link
     * #url} replaces its address.
     */
    public Builder registration(Path yaml) {
      file = Objects.requireNonNull(yaml, "yaml");
      return this;
    }

    /**
     * Registers the service. Without a file its own user has its id as the local part.
     *
     * @throws IllegalArgumentException if there is a service with this id or token, or what is to be registered is
     *     invalid; the message names the key and the line of the file, and has no token
     */
    public TestService register() {
      Registration built = built();
      Path from = file;
      if (from == null) {
        return register(built);
      }
      Registration all = added(RegistrationFile.read(from, id), built);
      try {
        return register(all);
      } catch (IllegalArgumentException e) {
        throw RegistrationFile.bad(from, String.valueOf(e.getMessage()), e);
      }
    }

    private Registration built() {
      try {
        return RegistrationKeys.of(keys());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("cannot register " + id + ": " + e.getMessage(), e);
      }
    }

    private TestService register(Registration registration) {
      return new TestService(world, world.http().pushes().register(registration));
    }

    private Registration added(Registration read, Registration built) {
      return new Registration(
          read.id(),
          url == null ? read.url() : built.url(),
          read.asToken(),
          read.hsToken(),
          read.senderLocalpart(),
          both(read.users(), built.users()),
          both(read.aliases(), built.aliases()),
          both(read.rooms(), built.rooms()),
          read.receivesEphemeral() || receivesEphemeral);
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }

    private Map<String, @Nullable Object> keys() {
      Map<String, @Nullable Object> keys = new LinkedHashMap<>();
      keys.put("id", id);
      keys.put("url", url == null ? null : url.toString());
      keys.put("as_token", "as-token-of-" + id);
      keys.put("hs_token", "hs-token-of-" + id);
      keys.put("sender_localpart", id);
      keys.put("receive_ephemeral", receivesEphemeral);
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
  }
}
