package io.github.matrixsync.law.sync;

import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares the unread counts in an answer, and those that a client has afterwards, with those of the host. Tokens have
 * no part for counts, so a client gets new counts when another part of its token moves. Stateless.
 */
final class CountCheck {
  private CountCheck() {}

  /** Returns the problems of an increment, or of an answer that has everything. */
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
   * Returns the counts of a client that are wrong.
   *
   * @param mayLag whether counts may arrive in a later answer if they were set when the streams were at the client's
   *     token: the token did not move, or the poll had already looked that far
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
