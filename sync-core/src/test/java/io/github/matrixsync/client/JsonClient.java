package io.github.matrixsync.client;

import io.github.matrixsync.client.ClientRoom.Standing;
import io.github.matrixsync.domain.event.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that uses the JSON of the answers only. It begins with a snapshot, follows the stream, fetches the rooms
 * that its user joins, and compares each later snapshot with the state that it has tracked up to there. Confined to one
 * thread.
 *
 * <p>An answer does not have the position of each event, but a batch that is limited to one event ends right at it. So
 * if a snapshot lies inside a batch, the client polls again with limit 1.
 */
public final class JsonClient {
  /** The server. */
  public interface Server {
    /** Answers a GET request of the client's user. */
    Answer get(String path, Map<String, String> query);
  }

  /** A status and a body. */
  public record Answer(int status, Map<String, @Nullable Object> body) {}

  /** The number of comparisons so far. */
  public record Counts(int snapshots, int rooms, int events) {
    /** Returns the sum. */
    public Counts plus(Counts other) {
      return new Counts(snapshots + other.snapshots, rooms + other.rooms, events + other.events);
    }
  }

  private record Pending(Map<String, @Nullable Object> snapshot, int limit) {}

  private final String user;
  private final Set<String> ignored;
  private final Set<String> erased;
  private final Server server;
  private final Random random;
  private final Map<String, ClientRoom> rooms = new TreeMap<>();
  private final ClientSide side = new ClientSide();
  private final Set<String> received = new HashSet<>();
  private final Set<String> roomsWithData = new HashSet<>();
  private final Stops stops = new Stops();
  private final List<String> problems = new ArrayList<>();
  private Counts counts = new Counts(0, 0, 0);
  private String token = "";

  /**
   * Creates a client without any data.
   *
   * @param ignored the users whom the user ignores
   * @param erased the users who asked for erasure
   */
  public JsonClient(
      String user, Set<String> ignored, Set<String> erased, Server server, Random random) {
    this.user = user;
    this.ignored = ignored;
    this.erased = erased;
    this.server = server;
    this.random = random;
  }

  /** Returns the failures so far. */
  public List<String> problems() {
    return problems;
  }

  /** Returns the number of comparisons so far. */
  public Counts counts() {
    return counts;
  }

  /** Takes a snapshot and begins with it. */
  public void begin() {
    int limit = random.nextInt(6);
    Map<String, @Nullable Object> body = snapshot(limit);
    for (Map<String, @Nullable Object> entry : JsonTree.objects(body, "rooms")) {
      String id = String.valueOf(entry.get("room_id"));
      ClientRoom room = room(id);
      room.load(entry, limit);
      if (entry.containsKey("messages")) {
        roomsWithData.add(id);
        side.takeData(JsonTree.objects(entry, "account_data"), id);
        received.addAll(ids(JsonTree.objects(JsonTree.object(entry, "messages"), "chunk")));
        received.addAll(ids(JsonTree.objects(entry, "state")));
      } else {
        received.add(ClientEventJson.of(JsonTree.object(entry, "invite")).id());
      }
    }
    side.take(JsonTree.objects(body, "presence"));
    side.take(JsonTree.objects(body, "receipts"));
    side.takeData(JsonTree.objects(body, "account_data"), "");
    side.keepPresenceOf(people());
    token = Tokens.withPart(end(body), 2, 0);
  }

  /** Makes one random request. */
  public void step() {
    switch (random.nextInt(8)) {
      case 0 -> compareLater();
      case 1, 2 -> fetchWanted();
      default -> poll(random.nextInt(5), random.nextInt(3) == 0 ? 500 : 0);
    }
  }

  /** Follows the stream to its end after the last write, and compares everything. */
  public void finish() {
    String before;
    do {
      before = token;
      poll(random.nextInt(5), 0);
      fetchWanted();
    } while (!before.equals(token) || !stops.isEmpty());
    int limit = 1 + random.nextInt(8);
    Map<String, @Nullable Object> last = snapshot(limit);
    if (!token.equals(last.get("end"))) {
      report("came to rest at " + token + ", but the stream ends at " + last.get("end"));
    }
    compare(new Pending(last, limit), true);
    compareSide(last);
  }

  private void compareLater() {
    int limit = random.nextInt(7);
    Map<String, @Nullable Object> body = snapshot(limit);
    stops.add(Tokens.room(end(body)), () -> compare(new Pending(body, limit), false));
  }

  private void poll(int limit, int timeout) {
    stops.reach(Tokens.room(token));
    Map<String, @Nullable Object> body = events(limit, timeout);
    if (limit != 1 && !roomEvents(body).isEmpty() && stops.isAnyBefore(Tokens.room(end(body)))) {
      body = events(1, 0);
    }
    long end = Tokens.room(end(body));
    if (end > Tokens.room(token)) {
      stops.reach(end - 1);
    }
    take(body);
    stops.reach(end);
  }

  private void take(Map<String, @Nullable Object> body) {
    String end = end(body);
    boolean isEmpty = JsonTree.objects(body, "chunk").isEmpty();
    if (!token.equals(body.get("start"))
        || (!isEmpty && end.equals(token))
        || Tokens.isBefore(end, token)) {
      report("from " + token + " came " + body.get("start") + " to " + end);
    }
    List<ClientEventJson> events = ClientEventJson.all(roomEvents(body));
    for (ClientEventJson event : events) {
      if (!received.add(event.id())) {
        report("twice: " + event);
      }
      room(event.room()).take(event);
    }
    for (ClientEventJson event : events) {
      if (room(event.room()).lacksRedaction(event)) {
        report("came unredacted with its redaction or after it: " + event);
      }
    }
    counts = counts.plus(new Counts(0, 0, events.size()));
    forgetOutside();
    side.take(JsonTree.objects(body, "chunk").stream()
        .filter(entry -> !entry.containsKey("event_id"))
        .toList());
    token = end;
  }

  /** Drops data of rooms that the user has left, and of users who share no room with the user. */
  private void forgetOutside() {
    side.keepPresenceOf(people());
    rooms.forEach((id, room) -> {
      if (!room.isInside()) {
        side.leave(id);
      }
    });
  }

  /** Fetches the rooms that the user has joined since the last call. */
  private void fetchWanted() {
    List<String> wanted = new ArrayList<>();
    rooms.forEach((id, room) -> {
      if (room.standing() == Standing.WANTED) {
        wanted.add(id);
      }
    });
    wanted.forEach(this::fetch);
  }

  private void fetch(String id) {
    ClientRoom room = room(id);
    int limit = random.nextInt(6);
    Answer answer =
        server.get("/rooms/" + id + "/initialSync", Map.of("limit", String.valueOf(limit)));
    Map<String, @Nullable Object> body = answer.body();
    if (answer.status() == 403 || !body.containsKey("membership")) {
      room.miss();
      return;
    }
    long place = Tokens.room(end(JsonTree.object(body, "messages")));
    roomsWithData.add(id);
    side.takeData(JsonTree.objects(body, "account_data"), id);
    side.take(JsonTree.objects(body, "presence"));
    side.take(JsonTree.objects(body, "receipts"));
    room.fetch(body, limit);
    stops.add(place, room::reach);
    stops.reach(Tokens.room(token));
  }

  private void compare(Pending pending, boolean settled) {
    Map<String, Map<String, @Nullable Object>> listed = new HashMap<>();
    JsonTree.objects(pending.snapshot(), "rooms")
        .forEach(entry -> listed.put(String.valueOf(entry.get("room_id")), entry));
    Set<String> ids = new HashSet<>(rooms.keySet());
    ids.addAll(listed.keySet());
    for (String id : ids) {
      ClientRoom room = rooms.get(id);
      Map<String, @Nullable Object> entry = listed.get(id);
      if (room == null) {
        report("not received: " + id + ", there " + entry);
      } else if (entry == null) {
        checkUnlisted(id, room);
      } else {
        room.compare(entry, pending.limit(), settled && ignored.isEmpty())
            .forEach(difference -> report(id + " at " + token + ": " + difference));
      }
    }
    counts = counts.plus(new Counts(1, ids.size(), 0));
  }

  /** Every room whose membership the client has received must be listed. */
  private void checkUnlisted(String id, ClientRoom room) {
    if (room.hasMembership()) {
      report(id + " is not listed, membership is " + room.membership());
    }
  }

  private void compareSide(Map<String, @Nullable Object> snapshot) {
    forgetOutside();
    ClientSide there = new ClientSide();
    there.take(JsonTree.objects(snapshot, "presence"));
    there.take(JsonTree.objects(snapshot, "receipts"));
    there.takeData(JsonTree.objects(snapshot, "account_data"), "");
    Set<String> shown = new HashSet<>();
    for (Map<String, @Nullable Object> entry : JsonTree.objects(snapshot, "rooms")) {
      String id = String.valueOf(entry.get("room_id"));
      if (entry.containsKey("account_data") && roomsWithData.contains(id)) {
        shown.add(id);
        there.takeData(JsonTree.objects(entry, "account_data"), id);
      }
    }
    side.compareWithSnapshot(there, shown).forEach(this::report);
    ClientSide current = new ClientSide();
    String nothing = token;
    for (int part = 1; part <= 4; part++) {
      nothing = Tokens.withPart(nothing, part, 0);
    }
    current.take(JsonTree.objects(
        server.get("/events", Map.of("from", nothing, "timeout", "0")).body(), "chunk"));
    side.compareWithCurrent(current, roomsWithData).forEach(this::report);
  }

  private Map<String, @Nullable Object> snapshot(int limit) {
    return ok(server.get("/initialSync", Map.of("limit", String.valueOf(limit))));
  }

  private Map<String, @Nullable Object> events(int limit, int timeout) {
    return ok(server.get(
        "/events",
        Map.of("from", token, "limit", String.valueOf(limit), "timeout", String.valueOf(timeout))));
  }

  private static Map<String, @Nullable Object> ok(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("answered " + answer);
    }
    return answer.body();
  }

  private ClientRoom room(String id) {
    return rooms.computeIfAbsent(id, key -> new ClientRoom(user, ignored, erased));
  }

  /** Returns the user and everybody known to share a room with the user. */
  private Set<String> people() {
    Set<String> people = new HashSet<>(Set.of(user));
    rooms.values().forEach(room -> people.addAll(room.members()));
    return people;
  }

  private static String end(Map<String, @Nullable Object> body) {
    return String.valueOf(body.get("end"));
  }

  private static List<Map<String, @Nullable Object>> roomEvents(
      Map<String, @Nullable Object> body) {
    return JsonTree.objects(body, "chunk").stream()
        .filter(entry -> entry.containsKey("event_id"))
        .toList();
  }

  private static List<String> ids(List<Map<String, @Nullable Object>> events) {
    return events.stream().map(event -> String.valueOf(event.get("event_id"))).toList();
  }

  private void report(String what) {
    problems.add(user + ": " + what);
  }
}
