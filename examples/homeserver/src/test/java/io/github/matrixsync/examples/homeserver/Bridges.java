package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Registrations of bridges, and their clients. */
public final class Bridges {
  private Bridges() {}

  /** Returns a service whose users, aliases and sender begin with its name. */
  public static Registration registration(String name, boolean exclusive, Optional<URI> url) {
    return registration(name, exclusive, url, false);
  }

  /** Returns the same, which may ask for typing, receipts and presence. */
  static Registration registration(
      String name, boolean exclusive, Optional<URI> url, boolean withEphemeral) {
    return new Registration(
        name,
        url,
        "as-" + name,
        "hs-" + name,
        name + "bot",
        List.of(namespace("@" + name + "_.*:localhost", exclusive)),
        List.of(namespace("#" + name + "_.*:localhost", exclusive)),
        List.of(),
        withEphemeral);
  }

  private static Namespace namespace(String regex, boolean exclusive) {
    return new Namespace(Pattern.compile(regex), exclusive);
  }

  /** Returns the client of a service itself. */
  static Client client(String base, Registration service) {
    return new Client(base, "@" + service.senderLocalpart() + ":localhost", service.asToken());
  }

  /** Returns the client of a service as one of its users. */
  static Client as(Client service, String user) {
    return new Client(service.base(), user, service.token() + "&user_id=" + Client.encode(user));
  }

  /** Returns the same as a user that is registered first. */
  static Client ghost(Client service, String localpart) {
    service.post("/register", "{'type':'m.login.application_service','user':'" + localpart + "'}");
    return as(service, "@" + localpart + ":localhost");
  }
}
