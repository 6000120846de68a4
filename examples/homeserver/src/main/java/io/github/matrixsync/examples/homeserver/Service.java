package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.Registration.Namespace;
import java.util.List;

/**
 * An application service: a program that is many users. Immutable.
 *
 * @param registration what it registered for
 * @param sender the user that it is when it is nobody else
 */
record Service(Registration registration, UserId sender) {
  /** Returns whether it may act as a user. */
  boolean owns(UserId user) {
    return user.equals(sender) || matches(registration.users(), user.value(), false);
  }

  /** Returns whether nobody else may be called so. */
  boolean reserves(UserId user) {
    return user.equals(sender) || matches(registration.users(), user.value(), true);
  }

  /** Returns whether it may give a room this name. */
  boolean owns(RoomAlias alias) {
    return matches(registration.aliases(), alias.value(), false);
  }

  /** Returns whether nobody else may give a room this name. */
  boolean reserves(RoomAlias alias) {
    return matches(registration.aliases(), alias.value(), true);
  }

  private static boolean matches(List<Namespace> namespaces, String id, boolean exclusively) {
    return namespaces.stream()
        .anyMatch(namespace -> (namespace.exclusive() || !exclusively) && namespace.matches(id));
  }
}
