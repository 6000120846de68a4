package io.github.matrixsync.law.sync;

import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  /** The change of devices up to which the client has a user's devices, by user. */
  final Map<String, Long> devices = new TreeMap<>();

  /** The to-device messages that the client got. */
  final Set<String> messages = new HashSet<>();

  private @Nullable String token;
  private int answers;

  SyncClient(String user, SyncWish wish) {
    this.user = user;
    this.wish = wish;
  }

  /**
   * A part of a timeline that was left out.
   *
   * @param since the token of the request; null if it had none
   * @param previous the token before the timeline
   * @param timeline the ids of the timeline's events
   * @param isWhole whether everything before the timeline was left out, as far as the client can tell
   */
  record Gap(@Nullable String since, String previous, List<String> timeline, boolean isWhole) {}

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

    /** The ids of all events that the client has, including those with which it filled gaps. */
    final Set<String> told = new HashSet<>();

    /** The gaps that the client has not filled yet. */
    final List<Gap> gaps = new ArrayList<>();

    final Map<String, Object> summary = new HashMap<>();
    List<SyncAnswer.Event> stripped = List.of();

    @Nullable UnreadCounts unread;
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
      begin(told, room);
    }
    room.told.addAll(told.timelineIds());
    for (SyncAnswer.Event event : told.timeline()) {
      room.timeline.add(event);
      if (!wish.after() && event.stateKey().isPresent()) {
        take(event, room);
      }
    }
    told.summary().forEach(room.summary::put);
    if (told.unread() != null) {
      room.unread = told.unread();
    }
  }

  /** Records the gap before a timeline. A timeline with a history token before it is the first one after a join. */
  private void begin(SyncAnswer.Room told, Room room) {
    String previous = told.previous();
    if (previous == null) {
      room.gap = null; // known out of band only: there is no timeline to continue
      return;
    }
    boolean isWhole =
        token == null || previous.startsWith("t") || told.timeline().isEmpty();
    if (isWhole) {
      room.told.clear();
      room.gaps.clear();
    }
    room.gap = new Gap(token, previous, told.timelineIds(), isWhole);
    room.gaps.add(room.gap);
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
