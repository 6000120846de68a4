package io.github.matrixsync.law;

import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Computes from the whole log, by the specification and without patterns, what is due to an application service; its
 * users and rooms are listed.
 *
 * @param sender the service's own user
 * @param users the users of its namespace
 * @param byId the rooms that match by id
 * @param byAlias the rooms that match by an alias, {@code #<localpart of the room>_alias}
 */
public record ServiceOracle(
    UserId sender, Set<UserId> users, Set<RoomId> byId, Set<RoomId> byAlias) {
  /** Returns the option that asks for its stream. */
  public StreamOptions options() {
    return StreamOptions.DEFAULT.withService(ServiceNamespaces.of(
        users.stream().map(user -> Pattern.compile(Pattern.quote(user.value()))).toList(),
        byId.stream().map(room -> Pattern.compile(Pattern.quote(room.value()))).toList(),
        byAlias.stream()
            .map(room -> Pattern.compile("#" + localpart(room) + "_a"))
            .toList()));
  }

  static String localpart(RoomId room) {
    return room.value().substring(1, room.value().indexOf(':'));
  }

  /** Returns the events of a log of live events that are due, in order. */
  List<EventId> due(Collection<RoomEvent> log) {
    Map<RoomId, Set<String>> joined = new HashMap<>();
    List<EventId> due = new ArrayList<>();
    for (RoomEvent event : log) {
      Set<String> there = joined.computeIfAbsent(event.room(), room -> new HashSet<>());
      boolean before = !there.isEmpty();
      boolean ours =
          event.type().equals("m.room.member") && isOurs(event.stateKey().orElseThrow());
      if (ours && event.membership().orElseThrow() == Membership.JOIN) {
        there.add(event.stateKey().orElseThrow());
      } else if (ours) {
        there.remove(event.stateKey().orElseThrow());
      }
      boolean named = byId.contains(event.room()) || byAlias.contains(event.room());
      if (named || ours || before || !there.isEmpty()) {
        due.add(event.id());
      }
    }
    return due;
  }

  private boolean isOurs(String user) {
    return user.equals(sender.value()) || users.contains(UserId.parse(user));
  }
}
