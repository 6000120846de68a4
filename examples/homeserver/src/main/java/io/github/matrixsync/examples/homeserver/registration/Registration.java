package io.github.matrixsync.examples.homeserver.registration;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an application service's registration file says. Immutable.
 *
 * @param id what logs call it
 * @param url where it listens, without a slash at its end; empty if nothing is to be sent to it
 * @param asToken the access token that it comes with
 * @param hsToken the access token that this server comes to it with
 * @param senderLocalpart the user that it is when it is nobody else
 * @param users its namespaces of user ids
 * @param aliases its namespaces of room aliases
 * @param rooms its namespaces of room ids
 */
public record Registration(
    String id,
    Optional<URI> url,
    String asToken,
    String hsToken,
    String senderLocalpart,
    List<Namespace> users,
    List<Namespace> aliases,
    List<Namespace> rooms) {
  /**
   * Ids that a service deals with: those that begin like its pattern.
   *
   * @param regex the pattern
   * @param exclusive whether they are the service's alone
   */
  public record Namespace(Pattern regex, boolean exclusive) {
    boolean matches(String id) {
      return regex.matcher(id).lookingAt();
    }
  }

  /** Returns what the service is called; its tokens are secret. */
  @Override
  public String toString() {
    return id;
  }
}
