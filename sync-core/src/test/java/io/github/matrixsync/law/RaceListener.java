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
 * Who listens in a {@link Race}: a user or an application service.
 *
 * @param name for messages
 * @param user who asks
 * @param options with which
 * @param oracle says what is due of a log
 */
record RaceListener(
    String name,
    UserId user,
    StreamOptions options,
    Function<Collection<RoomEvent>, List<EventId>> oracle) {

  /**
   * Returns the users {@code u0}, {@code u1}..., a service with some of them, which polls twice at a time, one whose
   * sender is its only user, and one with a bit of everything.
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

  /** Returns these, and two users who listen to one room alone, of whom one is never in it. */
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

  /** The specification's sentence, over the whole log: joined at the event, or sent it, or the subject. */
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
