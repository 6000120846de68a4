package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /sync} that applies answers as the specification tells it to, and has nothing but them. Confined
 * to one thread.
 */
final class SyncClient {
  private final SyncWish wish;
  private final String user;
  final SideState sides = new SideState();
  final Map<String, Room> rooms = new TreeMap<>();
  private @Nullable String token;
  private int answers;

  SyncClient(String user, SyncWish wish) {
    this.user = user;
    this.wish = wish;
  }

  /** A part of a timeline that was left out: its events lie between two tokens. */
  record Gap(@Nullable String since, @Nullable String previous) {}

  /** What a client holds of one room. */
  static final class Room {
    Section section = Section.LEAVE;

    /** The answer, by number, in which the room was last told. */
    int lastTold;

    /** The state entries: by name, the id of the event. */
    final Map<String, String> entries = new TreeMap<>();

    /** The timeline since it was last limited. */
    final List<SyncAnswer.Event> timeline = new ArrayList<>();

    /** What was left out before the timeline; null: nothing. */
    @Nullable Gap gap;

    final Map<String, Object> summary = new HashMap<>();
    List<SyncAnswer.Event> stripped = List.of();
  }

  SyncWish wish() {
    return wish;
  }

  /** Returns the token to go on with; null before the first answer. */
  @Nullable String token() {
    return token;
  }

  /** Returns how many answers were applied. */
  int answers() {
    return answers;
  }

  Optional<Room> room(String id) {
    return Optional.ofNullable(rooms.get(id));
  }

  /** Applies the answer to a request with the client's token. */
  void apply(SyncAnswer answer) {
    answers++;
    answer.rooms().forEach((id, told) -> {
      Room room = rooms.computeIfAbsent(id, key -> new Room());
      apply(told, room);
      room.lastTold = answers;
    });
    sides.apply(answer, user);
    token = answer.next();
  }

  private void apply(SyncAnswer.Room told, Room room) {
    room.section = told.section();
    if (told.section() == Section.INVITE || told.section() == Section.KNOCK) {
      room.stripped = told.state();
      return;
    }
    room.stripped = List.of();
    told.state().forEach(event -> take(event, room));
    if (told.limited()) {
      room.timeline.clear();
      room.gap = new Gap(token, told.previous());
    }
    for (SyncAnswer.Event event : told.timeline()) {
      room.timeline.add(event);
      if (!wish.after() && event.stateKey().isPresent()) {
        take(event, room);
      }
    }
    told.summary().forEach(room.summary::put);
  }

  private static void take(SyncAnswer.Event event, Room room) {
    room.entries.put(event.key().orElseThrow(), event.id());
  }

  /** Returns the heroes that the room's summary names. */
  static Optional<List<?>> heroes(Room room) {
    return Optional.ofNullable(room.summary.get("m.heroes")).map(List.class::cast);
  }

  static long count(Room room, String key) {
    return ((Number) Objects.requireNonNull(room.summary.get(key), key)).longValue();
  }
}
