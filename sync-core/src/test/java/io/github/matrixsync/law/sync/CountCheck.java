package io.github.matrixsync.law.sync;

import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares unread counts with those of the host: in an answer, and those that a client then has. Counts have no place
 * in tokens, so a client is told of new ones when its token moves. Stateless.
 */
final class CountCheck {
  private CountCheck() {}

  /** Returns what is wrong with an increment, or with an answer that has everything. */
  static List<String> check(SyncWorld world, SyncLoop loop, SyncAnswer answer, boolean isWhole) {
    List<String> problems = new ArrayList<>();
    String token = loop.client.token();
    answer.rooms().forEach((room, told) -> {
      UnreadCounts expected = told.section() == Section.JOIN ? expected(world, loop, room) : null;
      if (!String.valueOf(expected).equals(String.valueOf(told.unread()))) {
        problems.add("L4 " + room + " has " + told.unread() + " unread, expected " + expected);
      }
      boolean mayBeListed = isWhole
          || token == null
          || told.section() != Section.JOIN
          || world.side.isCounted(loop.user, room, token);
      if (told.isEmpty() && !mayBeListed) {
        problems.add(room + " is listed, but nothing is new");
      }
    });
    return problems;
  }

  /**
   * Returns which counts a client has wrong.
   *
   * @param mayLag whether counts may be told later that were set where the client's token is: the token did not move,
   *     or the poll had looked as far when they were set
   */
  static List<String> stale(SyncWorld world, SyncLoop loop, boolean mayLag) {
    String token = Objects.requireNonNull(loop.client.token());
    List<String> problems = new ArrayList<>();
    loop.client.rooms.forEach((room, held) -> {
      UnreadCounts expected = expected(world, loop, room);
      boolean isTold =
          held.section == Section.JOIN && !loop.client.wish().notRooms().contains(room);
      boolean isLate = mayLag && world.side.isCounted(loop.user, room, token);
      if (isTold && !isLate && !expected.equals(held.unread)) {
        problems.add("L4 " + room + " is held with " + held.unread + " unread, not " + expected);
      }
    });
    return problems;
  }

  private static UnreadCounts expected(SyncWorld world, SyncLoop loop, String room) {
    UnreadCounts counts = world.side.counts(loop.user, room);
    return loop.client.wish().threads() ? counts : new UnreadCounts(counts.total(), Map.of());
  }
}
