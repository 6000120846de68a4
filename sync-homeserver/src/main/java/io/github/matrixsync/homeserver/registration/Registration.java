package io.github.matrixsync.homeserver.registration;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content of an application service's registration file. Immutable.
 *
 * @param id its id, which logs show
 * @param url its base address, without a slash at the end; empty if nothing is to be sent to it
 * @param asToken the access token that the service sends
 * @param hsToken the access token that this server sends
 * @param senderLocalpart the localpart of its own user
 * @param users its namespaces of user ids
 * @param aliases its namespaces of room aliases
 * @param rooms its namespaces of room ids
 * @param receivesEphemeral whether typing, receipts and presence are to be sent to it
 * @since 0.1.0
 */
// More than five parameters: one for each field of a registration file.
public record Registration(
    String id,
    Optional<URI> url,
    String asToken,
    String hsToken,
    String senderLocalpart,
    List<Namespace> users,
    List<Namespace> aliases,
    List<Namespace> rooms,
    boolean receivesEphemeral) {
  /**
   * A namespace: the ids that begin with a match of the pattern.
   *
   * @param regex the pattern
   * @param exclusive whether they are reserved for the service
   * @since 0.1.0
   */
  public record Namespace(Pattern regex, boolean exclusive) {
    /** Returns whether an id begins with a match. */
    public boolean matches(String id) {
      return regex.matcher(id).lookingAt();
    }
  }

  /** Returns the service's id, without its tokens. */
  @Override
  public String toString() {
    return id;
  }
}
