package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.SplittableRandom;

/**
 * Computes which rooms each user is in, without memory per user. User number u is in {@code roomsEach} of the rooms,
 * drawn by {@link Zipf} from a seed that belongs to u, and in the lobby, where everybody is, if there is one.
 * Immutable.
 */
public final class Population {
  /** The room that everybody is in. */
  public static final RoomId LOBBY = RoomId.parse("!lobby:example.org");

  private static final long SEED = 20_151_005;

  private final int users;
  private final int roomsEach;
  private final boolean lobby;
  private final Zipf popularity;

  /** Creates a population. */
  public Population(int users, int rooms, int roomsEach, boolean lobby) {
    this.users = users;
    this.roomsEach = roomsEach;
    this.lobby = lobby;
    this.popularity = new Zipf(rooms);
  }

  /** Returns a population that is in the lobby only. */
  public static Population inLobby(int users) {
    return new Population(users, 1, 0, true);
  }

  /** Returns the number of users. */
  public int users() {
    return users;
  }

  /** Returns the id of a user, as a new object, as a host makes it for each request. */
  public static UserId user(int number) {
    return UserId.parse("@user" + number + ":example.org");
  }

  /** Returns the id of a room, as a new object, as a store makes it from a table row. */
  public static RoomId room(int number) {
    return RoomId.parse("!room" + number + ":example.org");
  }

  /** Returns the number in the id of one of the users; -1 for another user. */
  int number(UserId user) {
    String id = user.value();
    if (!id.startsWith("@user") || !id.endsWith(":example.org")) {
      return -1;
    }
    int number = Integer.parseInt(id.substring("@user".length(), id.indexOf(':')));
    return number < users ? number : -1;
  }

  /** Returns the rooms of a user, without the lobby. */
  int[] rooms(int user) {
    SplittableRandom random = new SplittableRandom(SEED + user * 0x9E3779B97F4A7C15L);
    return popularity.drawDistinct(random, roomsEach);
  }

  boolean hasLobby() {
    return lobby;
  }
}
