package io.github.matrixsync.domain;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The users, rooms and aliases that an application service registered for, as patterns. A pattern matches an id that begins with it: it is tried from the id's start, and need not reach its end. Immutable, pure; equal to another
 * with the same patterns in the same order.
 *
 * <p>A pattern that takes long on a bad id holds up this service's polls, and nobody else's.
 *
 * <p>Source: the namespaces of the application service API of 2015.
 */
public final class ServiceNamespaces {
  private final List<Pattern> users;
  private final List<Pattern> rooms;
  private final List<Pattern> aliases;
  private final List<Form> forms;

  /** A pattern as it compares. */
  private record Form(char of, String regex, int flags) {}

  private ServiceNamespaces(List<Pattern> users, List<Pattern> rooms, List<Pattern> aliases) {
    this.users = users;
    this.rooms = rooms;
    this.aliases = aliases;
    this.forms = Stream.of(
            users.stream().map(pattern -> new Form('@', pattern.pattern(), pattern.flags())),
            rooms.stream().map(pattern -> new Form('!', pattern.pattern(), pattern.flags())),
            aliases.stream().map(pattern -> new Form('#', pattern.pattern(), pattern.flags())))
        .flatMap(form -> form)
        .toList();
  }

  /**
   * Returns the namespaces with these patterns; each of the three may be empty.
   *
   * @param users for user ids, sigil included: {@code @irc_.*:example\.org}
   * @param rooms for room ids
   * @param aliases for room aliases
   */
  public static ServiceNamespaces of(
      Collection<Pattern> users, Collection<Pattern> rooms, Collection<Pattern> aliases) {
    return new ServiceNamespaces(List.copyOf(users), List.copyOf(rooms), List.copyOf(aliases));
  }

  /** Returns whether the user is one of the service's. */
  public boolean matchesUser(UserId user) {
    return matches(users, user.value());
  }

  /** Returns whether the room is one of the service's, by its id. */
  public boolean matchesRoom(RoomId room) {
    return matches(rooms, room.value());
  }

  /** Returns whether a room of this alias is one of the service's. */
  public boolean matchesAlias(RoomAlias alias) {
    return matches(aliases, alias.value());
  }

  /** Returns whether an alias could match at all. */
  public boolean hasAliases() {
    return !aliases.isEmpty();
  }

  private static boolean matches(List<Pattern> patterns, String id) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(id).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceNamespaces that && forms.equals(that.forms);
  }

  @Override
  public int hashCode() {
    return forms.hashCode();
  }

  /** Returns the patterns. */
  @Override
  public String toString() {
    return "ServiceNamespaces[users=" + users + ", rooms=" + rooms + ", aliases=" + aliases + "]";
  }
}
