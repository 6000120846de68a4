package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The compact tables of joined rooms, compared with plain sets. */
class JoinedRoomsTest {
  private static final int READERS = 12;
  private static final int ROOMS = 40;

  @Test
  void turns_random_keepBothSidesTheSame() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(new Reader(UserId.parse("@u" + i + ":h")));
      }
      List<RosterRoom> rooms = new ArrayList<>();
      for (int i = 0; i < ROOMS; i++) {
        rooms.add(new RosterRoom(RoomId.parse("!" + Long.toString(random.nextLong(), 36) + ":h")));
      }
      Map<Integer, Set<Integer>> joined = new TreeMap<>();
      for (int position = 1; position <= 600; position++) {
        int reader = random.nextInt(READERS);
        int room = random.nextInt(ROOMS);
        boolean joins = random.nextInt(5) < 3;
        readers.get(reader).applyChange(rooms.get(room), position, joins, position - 1);
        Set<Integer> members = joined.computeIfAbsent(room, key -> new HashSet<>());
        if (joins) {
          members.add(reader);
        } else {
          members.remove(reader);
        }
        if (position % 50 == 0) {
          check(seed, readers, rooms, joined);
        }
      }
    }
  }

  @Test
  void leaveAll_manyRooms_leavesNothing() {
    Reader reader = new Reader(UserId.parse("@u:h"));
    Reader other = new Reader(UserId.parse("@v:h"));
    List<RosterRoom> rooms = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      RosterRoom room = new RosterRoom(RoomId.parse("!r" + i + ":h"));
      reader.enter(room);
      other.enter(room);
      rooms.add(room);
    }
    assertThat(reader.leaveAll()).hasSize(5_000);
    assertThat(rooms).allMatch(room -> Arrays.equals(room.members(), new Reader[] {other}));
    assertThat(reader.joinedRoomsAt(1)).isEmpty();
  }

  @Test
  void leave_mostOfALargeRoom_leavesTheOthers() {
    Random random = new Random(1);
    RosterRoom room = new RosterRoom(RoomId.parse("!r:h"));
    List<Reader> members = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Reader reader = new Reader(UserId.parse("@u" + i + ":h"));
      reader.enter(room);
      members.add(reader);
    }
    while (members.size() > 3) {
      members.remove(random.nextInt(members.size())).applyChange(room, 1, false, 0);
      assertThat(room.members()).containsExactlyInAnyOrder(members.toArray(Reader[]::new));
    }
    Reader another = new Reader(UserId.parse("@another:h"));
    another.enter(room);
    assertThat(room.members()).hasSize(4).contains(another);
  }

  @Test
  void size_roomsCameAndWent_isOfThoseThatStayed() {
    JoinedRooms rooms = new JoinedRooms();
    for (int i = 0; i < 100; i++) {
      rooms.put(new RosterRoom(RoomId.parse("!r" + i + ":h")), 0);
    }
    rooms.put(new RosterRoom(RoomId.parse("!r7:h")), 1);
    assertThat(rooms.size()).isEqualTo(100);
    for (int i = 0; i < 60; i++) {
      rooms.remove(new RosterRoom(RoomId.parse("!r" + i + ":h")));
    }
    assertThat(rooms.size()).isEqualTo(40);
    assertThat(rooms.ids()).hasSize(40);
    rooms.clear();
    assertThat(rooms.size()).isZero();
  }

  private static void check(
      long seed, List<Reader> readers, List<RosterRoom> rooms, Map<Integer, Set<Integer>> joined) {
    for (int room = 0; room < ROOMS; room++) {
      Set<Integer> members = joined.getOrDefault(room, Set.of());
      RoomId id = rooms.get(room).id();
      assertThat(rooms.get(room).members())
          .as("seed %d, %s", seed, id)
          .containsExactlyInAnyOrder(members.stream().map(readers::get).toArray(Reader[]::new));
      for (int reader = 0; reader < READERS; reader++) {
        assertThat(readers.get(reader).joinedAt(id, Long.MAX_VALUE))
            .isEqualTo(members.contains(reader));
        assertThat(readers.get(reader).joinedRoomsAt(Long.MAX_VALUE).contains(id))
            .isEqualTo(members.contains(reader));
      }
    }
  }
}
