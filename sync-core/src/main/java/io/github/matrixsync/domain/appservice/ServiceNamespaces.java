package io.github.matrixsync.domain.appservice;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The users, rooms and aliases that an application service registered for, as patterns. A pattern matches an id that
 * begins with it: it is tried from the id's start, and need not reach its end. Immutable, pure; equal to another with
 * the same patterns in the same order.
 *
 * <p>Patterns match as in {@link java.util.regex}, but without backtracking: the time to try one grows with its length
 * times that of the id (of the id twice, if it has look-aheads), whatever the id.
 *
 * <p>Source: the namespaces of the application service API of 2015.
 *
 * @since 0.1.0
 */
public final class ServiceNamespaces {
  private final List<LinearPattern> users;
  private final List<LinearPattern> rooms;
  private final List<LinearPattern> aliases;
  private final List<Form> forms;

  /** The parts of a pattern that are compared. */
  private record Form(char of, String regex, int flags) {}

  private ServiceNamespaces(
      Collection<Pattern> users, Collection<Pattern> rooms, Collection<Pattern> aliases) {
    this.users = users.stream().map(LinearPattern::new).toList();
    this.rooms = rooms.stream().map(LinearPattern::new).toList();
    this.aliases = aliases.stream().map(LinearPattern::new).toList();
    this.forms = Stream.of(forms('@', users), forms('!', rooms), forms('#', aliases))
        .flatMap(form -> form)
        .toList();
  }

  private static Stream<Form> forms(char of, Collection<Pattern> patterns) {
    return patterns.stream().map(pattern -> new Form(of, pattern.pattern(), pattern.flags()));
  }

  /**
   * Returns the namespaces with these patterns; each of the three may be empty.
   *
   * @param users for user ids, sigil included: {@code @irc_.*:example\.org}
   * @param rooms for room ids
   * @param aliases for room aliases
   * @throws IllegalArgumentException if a pattern uses a feature that needs backtracking (back references, possessive
   *     quantifiers, atomic groups), or a look-behind, comments, {@code \G}, {@code \R}, {@code \X}, {@code \N} or
   *     canonical equivalence, or more than 2,000 steps when its repetitions are written out
   */
  public static ServiceNamespaces of(
      Collection<Pattern> users, Collection<Pattern> rooms, Collection<Pattern> aliases) {
    Objects.requireNonNull(users, "users");
    Objects.requireNonNull(rooms, "rooms");
    Objects.requireNonNull(aliases, "aliases");
    return new ServiceNamespaces(users, rooms, aliases);
  }

  /** Returns whether the user is one of the service's. */
  public boolean matchesUser(UserId user) {
    return matches(users, user.value());
  }

  /** Returns whether the room is one of the service's, by its id. */
  public boolean matchesRoom(RoomId room) {
    return matches(rooms, room.value());
  }

  /** Returns whether a room with this alias is one of the service's. */
  public boolean matchesAlias(RoomAlias alias) {
    return matches(aliases, alias.value());
  }

  /** Returns whether an alias could match at all. */
  public boolean hasAliases() {
    return !aliases.isEmpty();
  }

  private static boolean matches(List<LinearPattern> patterns, String id) {
    for (LinearPattern pattern : patterns) {
      if (pattern.matchesStartOf(id)) {
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
