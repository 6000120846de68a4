package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.UserId;

/**
 * An application service that asks for its own stream. Immutable.
 *
 * @param sender the user it acts as when it is nobody else
 * @param namespaces what it registered for
 */
public record AppService(UserId sender, ServiceNamespaces namespaces) {
  /** Returns whether a user is the service's: its sender, or one of its namespace. Tries the patterns. */
  public boolean owns(UserId user) {
    return user.equals(sender) || namespaces.matchesUser(user);
  }
}
