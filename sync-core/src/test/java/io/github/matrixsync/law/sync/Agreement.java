package io.github.matrixsync.law.sync;

import io.github.matrixsync.law.sync.SyncClient.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Compares the client of a loop with one that asked for everything at the same place. They may differ in how long
 * timelines are, in entries that vanished, in rooms that were left, and in members that are loaded lazily. Stateless.
 */
final class Agreement {
  private Agreement() {}

  static List<String> compare(SyncLog log, SyncClient loop, SyncClient fresh, boolean isExact) {
    List<String> problems = new ArrayList<>();
    if (!place(loop).equals(place(fresh))) {
      problems.add("L4 the places are " + loop.token() + " and " + fresh.token());
    }
    Set<String> rooms = new TreeSet<>(loop.rooms.keySet());
    rooms.addAll(fresh.rooms.keySet());
    for (String room : rooms) {
      Section one = section(loop, room);
      Section other = section(fresh, room);
      if (one != other) {
        problems.add("L4 " + room + " is in " + one + ", in a first answer in " + other);
      } else if (one != Section.LEAVE) {
        compare(room, loop.rooms.get(room), fresh.rooms.get(room), log, problems);
        if (isExact || loop.wish().after()) {
          compareEntries(room, loop, fresh, problems);
        }
      }
    }
    return problems;
  }

  /**
   * Returns the parts of a client's token, without that of to-device messages, of which there may be more than one
   * answer can have.
   */
  private static List<Long> place(SyncClient client) {
    long[] parts = SyncAnswer.parts(Objects.requireNonNull(client.token()));
    parts[SyncAnswer.MESSAGES] = 0;
    return LongStream.of(parts).boxed().toList();
  }

  private static Section section(SyncClient client, String room) {
    return client.room(room).map(held -> held.section).orElse(Section.LEAVE);
  }

  private static void compare(
      String room, Room loop, Room fresh, SyncLog log, List<String> problems) {
    same(room + " stripped state", keys(loop.stripped), keys(fresh.stripped), problems);
    fresh.summary.forEach(
        (key, value) -> same(room + " " + key, loop.summary.get(key), value, problems));
    if (loop.section != Section.JOIN || fresh.gap != null) {
      return;
    }
    loop.timeline.stream()
        .filter(event -> !log.isPurged(log.get(event.id())))
        .filter(event -> fresh.timeline.stream().noneMatch(there -> there.id().equals(event.id())))
        .forEach(
            event -> problems.add("L4 " + room + " has no " + event.id() + " in a first answer"));
  }

  private static List<String> keys(List<SyncAnswer.Event> stripped) {
    return stripped.stream().map(event -> event.key() + " by " + event.sender()).toList();
  }

  private static void compareEntries(
      String room, SyncClient loop, SyncClient fresh, List<String> problems) {
    Room held = loop.rooms.get(room);
    fresh.rooms.get(room).entries.forEach((key, id) -> {
      String got = held.entries.get(key);
      boolean mayLack = got == null && loop.wish().lazy() && LoggedEvent.member(key) != null;
      if (held.section == Section.JOIN && !id.equals(got) && !mayLack) {
        problems.add("L4 " + room + " " + key + " is " + got + ", in a first answer " + id);
      }
    });
  }

  private static void same(String what, Object one, Object other, List<String> problems) {
    if (!String.valueOf(one).equals(String.valueOf(other))) {
      problems.add("L4 " + what + " is " + one + ", in a first answer " + other);
    }
  }
}
