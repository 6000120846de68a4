package io.github.matrixsync.law;

import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A reader in a {@link Race}: a user or an application service.
 *
 * @param name for messages
 * @param user the user who polls
 * @param options the options of the polls
 * @param oracle computes what is due of a log
 */
record RaceListener(
    String name,
    UserId user,
    StreamOptions options,
    Function<Collection<RoomEvent>, List<EventId>> oracle) {

  /**
   * Returns the users {@code u0}, {@code u1}..., a service with some of them and two polls at a time, one whose sender
   * is its only user, and one with users, rooms and aliases.
   */
  static List<RaceListener> all(int users) {
    List<RaceListener> all = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      UserId user = World.user("u" + u);
      all.add(
          new RaceListener(user.value(), user, StreamOptions.DEFAULT, log -> dueToUser(user, log)));
    }
    UserId bot = World.user("bot");
    Set<UserId> ghosts = Set.of(World.user("u0"), World.user("u1"));
    ServiceOracle ofUsers = new ServiceOracle(bot, ghosts, Set.of(), Set.of());
    all.add(of("users' service", ofUsers));
    all.add(of("users' service again", ofUsers));
    all.add(
        of("sender's service", new ServiceOracle(World.user("u2"), Set.of(), Set.of(), Set.of())));
    all.add(of(
        "mixed service",
        new ServiceOracle(
            bot, Set.of(World.user("u5")), Set.of(World.room("r0")), Set.of(World.room("r1")))));
    return all;
  }

  /** Returns the same and two users who poll for one room, one of whom is never in it. */
  static List<RaceListener> allAndPeeks(int users) {
    List<RaceListener> all = new ArrayList<>(all(users));
    for (String name : List.of("u0", "stranger")) {
      UserId user = World.user(name);
      RoomId room = World.room("r0");
      all.add(new RaceListener(
          user + " in " + room,
          user,
          StreamOptions.DEFAULT.inRoom(room),
          log -> PeekOracle.due(user, room, log)));
    }
    return all;
  }

  private static RaceListener of(String name, ServiceOracle service) {
    return new RaceListener(name, service.sender(), service.options(), service::due);
  }

  /** Returns the aliases of the rooms {@code r0}, {@code r1}... */
  static MemoryRoomDirectory directory(int rooms) {
    MemoryRoomDirectory directory = MemoryRoomDirectory.create();
    for (int r = 0; r < rooms; r++) {
      directory.addAlias(World.room("r" + r), RoomAlias.parse("#r" + r + "_alias:h"));
    }
    return directory;
  }

  /**
   * Computes what is due over the whole log by the specification: the user is joined at the event, sent it, or is its
   * subject.
   */
  private static List<EventId> dueToUser(UserId user, Collection<RoomEvent> log) {
    Set<RoomId> joined = new HashSet<>();
    List<EventId> due = new ArrayList<>();
    for (RoomEvent event : log) {
      boolean own = event.stateKey().filter(user.value()::equals).isPresent();
      if (own && event.membership().orElseThrow() == Membership.JOIN) {
        joined.add(event.room());
      } else if (own) {
        joined.remove(event.room());
      }
      if (own || joined.contains(event.room()) || event.sender().equals(user)) {
        due.add(event.id());
      }
    }
    return due;
  }
}
