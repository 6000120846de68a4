package io.github.matrixsync.homeserver.registration;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A registered application service. Immutable.
 *
 * @param registration its registration
 * @param sender its own user
 * @param namespaces the namespaces of its stream
 * @since 0.1.0
 */
public record Service(Registration registration, UserId sender, ServiceNamespaces namespaces) {
  public static Service of(Registration registration, UserId sender) {
    ServiceNamespaces namespaces = ServiceNamespaces.of(
        patterns(registration.users()),
        patterns(registration.rooms()),
        patterns(registration.aliases()));
    return new Service(registration, sender, namespaces);
  }

  private static List<Pattern> patterns(List<Namespace> namespaces) {
    return namespaces.stream().map(Namespace::regex).toList();
  }

  public String id() {
    return registration.id();
  }

  /** Returns whether it may act as a user. */
  public boolean owns(UserId user) {
    return user.equals(sender) || namespaces.matchesUser(user);
  }

  /** Returns whether a user id is reserved for the service. */
  public boolean reserves(UserId user) {
    return user.equals(sender) || reserves(registration.users(), user.value());
  }

  /** Returns whether it may add this alias. */
  public boolean owns(RoomAlias alias) {
    return namespaces.matchesAlias(alias);
  }

  /** Returns whether an alias is reserved for the service. */
  public boolean reserves(RoomAlias alias) {
    return reserves(registration.aliases(), alias.value());
  }

  private static boolean reserves(List<Namespace> namespaces, String id) {
    return namespaces.stream()
        .anyMatch(namespace -> namespace.exclusive() && namespace.matches(id));
  }

  /** Returns the service's id, without its tokens. */
  @Override
  public String toString() {
    return id();
  }
}
