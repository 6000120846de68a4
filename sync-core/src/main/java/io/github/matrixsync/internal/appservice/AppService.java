package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.UserId;

/**
 * An application service that polls its own stream. Immutable.
 *
 * @param sender the user of its {@code sender_localpart}
 * @param namespaces the namespaces of its registration
 */
public record AppService(UserId sender, ServiceNamespaces namespaces) {
  /** Returns whether a user is the service's sender or in its user namespaces. Evaluates the patterns. */
  public boolean owns(UserId user) {
    return user.equals(sender) || namespaces.matchesUser(user);
  }
}
