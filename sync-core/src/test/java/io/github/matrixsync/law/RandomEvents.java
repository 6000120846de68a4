package io.github.matrixsync.law;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes random room events, with redactions of existing and of future events. The depth of an event stands in its id,
 * {@code $<depth>.<number>:h}: most often one more than the room's last, and 0 for backfill. Thread-safe, each caller
 * with its own random numbers.
 */
final class RandomEvents {
  private static final String[] VISIBILITIES = {
    "world_readable", "shared", "invited", "joined", "banana"
  };

  private final AtomicLong count = new AtomicLong();
  private final Map<RoomId, AtomicLong> depths = new ConcurrentHashMap<>();
  private final Map<RoomId, List<String>> ids = new ConcurrentSkipListMap<>();
  private final Map<RoomId, List<String>> messages = new ConcurrentHashMap<>();
  private final Map<RoomId, String> promised = new ConcurrentHashMap<>();

  /**
   * Returns a backfilled event: a message, or the redaction of a message. Clients see backfill in snapshots only, so it
   * must not redact events that are shown inside other events.
   */
  Append old(RoomId room, UserId actor, Random random) {
    List<String> known = messages.getOrDefault(room, List.of());
    boolean redacts = !known.isEmpty() && random.nextInt(3) == 0;
    String target = redacts ? "\"redacts\":\"" + recent(known, random) + "\"," : "";
    String type = redacts ? "m.room.redaction" : "m.room.message";
    Draft draft = new Draft(type, target, text(random));
    RoomEvent event = event(room, actor, draft, 0, random);
    HistoryVisibility[] values = HistoryVisibility.values();
    return Append.backfill(event, Optional.of(values[random.nextInt(values.length)]));
  }

  RoomEvent message(RoomId room, UserId actor, Random random) {
    Draft draft = new Draft("m.room.message", "", text(random));
    return event(room, actor, draft, depth(room, random), random);
  }

  RoomEvent member(RoomId room, UserId actor, UserId subject, String membership, Random random) {
    Draft draft = new Draft(
        "m.room.member",
        "\"state_key\":\"" + subject + "\",",
        "{\"membership\":\"" + membership + "\",\"displayname\":\"n" + random.nextInt(9) + "\"}");
    return event(room, actor, draft, depth(room, random), random);
  }

  RoomEvent visibility(RoomId room, UserId actor, Random random) {
    String value = VISIBILITIES[random.nextInt(VISIBILITIES.length)];
    String content = "{\"history_visibility\":\"" + value + "\",\"more\":1}";
    return state(room, actor, "m.room.history_visibility", content, random);
  }

  RoomEvent state(RoomId room, UserId actor, String type, String content, Random random) {
    Draft draft = new Draft(type, "\"state_key\":\"\",", content);
    return event(room, actor, draft, depth(room, random), random);
  }

  RoomEvent redaction(RoomId room, UserId actor, Random random) {
    String redacts = "\"redacts\":\"" + target(room, random) + "\",";
    Draft draft = new Draft("m.room.redaction", redacts, text(random));
    return event(room, actor, draft, depth(room, random), random);
  }

  /** Returns the content with {@code redacts}, which is at the top level too. */
  private static String within(String more, String content) {
    boolean isBare = !more.startsWith("\"redacts\"");
    String rest = content.substring(1);
    return isBare ? content : "{" + (rest.equals("}") ? more.replace(",", "") : more) + rest;
  }

  /** Returns an event of the room most often, else a future one or one of another room. */
  private String target(RoomId room, Random random) {
    if (random.nextInt(6) == 0) {
      return promised.computeIfAbsent(room, key -> id(depth(room, random)));
    }
    List<List<String>> rooms = List.copyOf(ids.values());
    List<String> known = random.nextInt(6) == 0
        ? rooms.get(random.nextInt(rooms.size()))
        : ids.getOrDefault(room, List.of());
    return recent(known, random);
  }

  private static String recent(List<String> known, Random random) {
    synchronized (known) {
      int newest = known.size() - 1;
      return newest < 0 ? "$1.0:h" : known.get(Math.max(0, newest - random.nextInt(20)));
    }
  }

  /**
   * What an event is about.
   *
   * @param more fields beside the content, each followed by a comma
   */
  private record Draft(String type, String more, String content) {}

  private RoomEvent event(RoomId room, UserId sender, Draft draft, long depth, Random random) {
    String id = depth > 0 && random.nextInt(3) == 0 ? promised.remove(room) : null;
    if (id == null) {
      id = id(depth);
    }
    String extra = random.nextInt(4) == 0
        ? "\"extra\":" + random.nextInt(9) + ",\"unsigned\":{\"age\":5,\"other\":1},"
        : "";
    String json =
        "{\"event_id\":\"%s\",\"room_id\":\"%s\",\"sender\":\"%s\",\"type\":\"%s\",%s%s\"depth\":%s,"
                .formatted(
                    id,
                    room,
                    sender,
                    draft.type(),
                    draft.more(),
                    extra,
                    id.substring(1, id.indexOf('.')))
            + "\"origin_server_ts\":" + random.nextInt(1_000) + ",\"content\":"
            + within(draft.more(), draft.content()) + "}";
    note(ids, room, id);
    if (draft.type().equals("m.room.message")) {
      note(messages, room, id);
    }
    return RoomEvents.parse(RawJson.of(json), World.NOW);
  }

  private static void note(Map<RoomId, List<String>> all, RoomId room, String id) {
    List<String> known =
        all.computeIfAbsent(room, key -> Collections.synchronizedList(new ArrayList<>()));
    known.add(id);
  }

  private String id(long depth) {
    return "$" + depth + "." + count.incrementAndGet() + ":h";
  }

  /** Returns a depth as events of other servers have it: most often one more than the last, sometimes less. */
  private long depth(RoomId room, Random random) {
    AtomicLong top = depths.computeIfAbsent(room, key -> new AtomicLong());
    return random.nextInt(5) == 0
        ? Math.max(1, top.get() - random.nextInt(4))
        : top.incrementAndGet();
  }

  /** Returns a content with a body. */
  static String text(Random random) {
    return "{\"body\":\"b" + random.nextInt(100) + "\"}";
  }
}
