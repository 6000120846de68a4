package io.github.matrixsync.client;

import io.github.matrixsync.rest.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client knows of one room. Confined to one thread. */
final class ClientRoom {
  /** Whether state and messages are known, and of when they are. */
  enum Standing {
    /** Nothing is known: the user is not in the room, and was not since the client began. */
    OUTSIDE,
    /** The user came in; a snapshot of the room has to be fetched. */
    WANTED,
    /** A snapshot was fetched that is ahead of the stream. */
    AHEAD,
    /** State and messages follow the stream. */
    LIVE,
    /** The user is out: state and messages are those of the end of the last time in the room. */
    LEFT
  }

  private final String user;
  private final Redactions redactions;
  private final Map<String, ClientEventJson> state = new HashMap<>();
  private final List<ClientEventJson> messages = new ArrayList<>();
  private boolean hasAllMessages;
  private long oldestDepth;
  private boolean mayHaveBeenIn;
  private Standing standing = Standing.OUTSIDE;
  private Standing later = Standing.OUTSIDE;
  private @Nullable ClientEventJson own;

  /**
   * Begins outside.
   *
   * @param ignored whom the user ignores
   * @param erased who asked for their events to be erased
   */
  ClientRoom(String user, Set<String> ignored, Set<String> erased) {
    this.user = user;
    redactions = new Redactions(ignored, erased);
  }

  Standing standing() {
    return standing;
  }

  /** Returns whether the user was ever told of a membership. */
  boolean hasMembership() {
    return own != null;
  }

  /** Returns whether the user is in the room or about to be, as far as it was followed. */
  boolean isInside() {
    return standing != Standing.OUTSIDE && standing != Standing.LEFT;
  }

  /** Returns the user's membership; {@code leave} if nothing was ever heard of it. */
  String membership() {
    return own == null ? "leave" : own.membership();
  }

  /** Takes an entry of a snapshot over, as of where the stream is. */
  void load(Map<String, @Nullable Object> entry, int limit) {
    if (entry.containsKey("messages")) {
      boolean joined = "join".equals(entry.get("membership"));
      fill(entry, limit);
      standing = joined ? Standing.LIVE : Standing.LEFT;
      own = Objects.requireNonNull(state.get("m.room.member " + user));
    } else {
      own = ClientEventJson.of(Json.object(entry, "invite"));
      mayHaveBeenIn = membership().equals("invite");
    }
  }

  /**
   * Takes state and messages over that were fetched from a place ahead of the stream; nothing is taken from the stream
   * until {@link #reach}.
   */
  void fetch(Map<String, @Nullable Object> entry, int limit) {
    fill(entry, limit);
    later = "join".equals(entry.get("membership")) ? Standing.LIVE : Standing.LEFT;
    standing = Standing.AHEAD;
  }

  /** Follows the stream again, which has come to where the room was fetched. */
  void reach() {
    standing = later;
  }

  private void fill(Map<String, @Nullable Object> entry, int limit) {
    state.clear();
    messages.clear();
    for (ClientEventJson event : ClientEventJson.all(Json.objects(entry, "state"))) {
      if (state.put(Objects.requireNonNull(event.entry()), event) != null) {
        throw new AssertionError("twice in the state: " + event);
      }
    }
    messages.addAll(ClientEventJson.all(Json.objects(Json.object(entry, "messages"), "chunk")));
    hasAllMessages = messages.size() < limit;
    oldestDepth = messages.isEmpty() ? Long.MAX_VALUE : messages.get(0).depth();
  }

  /** Notes that the user is out again before the room was fetched, so that nothing is known of it. */
  void miss() {
    mayHaveBeenIn = true;
    standing = Standing.OUTSIDE;
  }

  /** Returns whether an event that comes now should have come redacted. */
  boolean lacksRedaction(ClientEventJson event) {
    return redactions.lacks(event);
  }

  /**
   * Takes an event of the stream over. A redaction that the user sent from outside need not be the first one of its
   * target.
   */
  void take(ClientEventJson event) {
    if (isInside()) {
      redactions.hear(event);
    }
    boolean isOwn = event.isMemberOf(user);
    if (isOwn) {
      own = event;
    }
    if (standing == Standing.LIVE) {
      messages.add(event);
      String entry = event.entry();
      if (entry != null) {
        state.put(entry, event.asState());
      }
      if (isOwn && !membership().equals("join")) {
        standing = Standing.LEFT;
      }
    } else if (isOwn && membership().equals("join") && standing != Standing.AHEAD) {
      standing = Standing.WANTED;
    }
  }

  /** Returns who is in the room by its state; nobody if the user is out of it. */
  Set<String> members() {
    Set<String> members = new HashSet<>();
    if ((standing == Standing.AHEAD ? later : standing) == Standing.LIVE) {
      state.forEach((entry, event) -> {
        if (entry.startsWith("m.room.member ") && event.membership().equals("join")) {
          members.add(Objects.requireNonNull(event.stateKey()));
        }
      });
    }
    return members;
  }

  /** Compares with a later snapshot's entry, and returns what differs; nothing if all is as it was followed. */
  List<String> compare(Map<String, @Nullable Object> entry, int limit, boolean settled) {
    List<String> differences = new ArrayList<>();
    if (!membership().equals(entry.get("membership"))) {
      differences.add("membership is " + membership() + ", there " + entry.get("membership"));
    } else if (entry.containsKey("messages")) {
      compareContents(entry, limit, settled, differences);
    } else {
      compareOutside(entry, settled, differences);
    }
    return differences;
  }

  private void compareOutside(
      Map<String, @Nullable Object> entry, boolean settled, List<String> differences) {
    boolean invited = membership().equals("invite");
    if (!invited && standing == Standing.LEFT) {
      differences.add("the room of a former member has no messages");
    }
    String inviter = own == null || !invited ? null : own.sender();
    if (!Objects.equals(inviter, entry.get("inviter"))) {
      differences.add("inviter is " + inviter + ", there " + entry.get("inviter"));
    }
    compareOwn(ClientEventJson.of(Json.object(entry, "invite")), settled, differences);
  }

  private void compareContents(
      Map<String, @Nullable Object> entry, int limit, boolean settled, List<String> differences) {
    if (standing == Standing.OUTSIDE && !mayHaveBeenIn) {
      differences.add("a room is shown in which the user never was");
    }
    Map<String, ClientEventJson> there = new HashMap<>();
    ClientEventJson.all(Json.objects(entry, "state"))
        .forEach(event -> there.put(Objects.requireNonNull(event.entry()), event));
    ClientEventJson mine = there.get("m.room.member " + user);
    if (mine == null || !mine.membership().equals(membership())) {
      differences.add("own member event in the state is " + mine);
    } else {
      compareOwn(mine, settled, differences);
    }
    if (standing == Standing.LIVE || standing == Standing.LEFT) {
      boolean all = settled && standing == Standing.LIVE;
      compareState(there, all, differences);
      compareMessages(
          ClientEventJson.all(Json.objects(Json.object(entry, "messages"), "chunk")),
          limit,
          all,
          differences);
    }
  }

  private void compareOwn(ClientEventJson there, boolean settled, List<String> differences) {
    boolean all = settled && standing == Standing.LIVE;
    if (own == null || !redactions.isSame(redactions.show(own).asState(), there, all)) {
      differences.add("own member event is " + own + ", there " + there);
    }
  }

  private void compareState(
      Map<String, ClientEventJson> there, boolean settled, List<String> differences) {
    Set<String> entries = new HashSet<>(state.keySet());
    entries.addAll(there.keySet());
    entries.remove("m.room.member " + user);
    for (String entry : entries) {
      ClientEventJson mine = state.get(entry);
      ClientEventJson other = there.get(entry);
      if (mine == null
          || other == null
          || !redactions.isSame(redactions.show(mine), other, settled)) {
        differences.add("state of " + entry + " is " + (mine == null ? mine : redactions.show(mine))
            + ", there " + other);
      }
    }
  }

  /**
   * What is there must be the newest of what is known, and before that perhaps what is older than all that was known
   * first.
   */
  private void compareMessages(
      List<ClientEventJson> there, int limit, boolean settled, List<String> differences) {
    List<ClientEventJson> mine = new ArrayList<>(messages);
    mine.sort(Comparator.comparingLong(ClientEventJson::depth));
    Set<String> known = new HashSet<>();
    mine.forEach(event -> known.add(event.id()));
    List<ClientEventJson> shared =
        there.stream().filter(event -> known.contains(event.id())).toList();
    int missing = mine.size() - shared.size();
    if (missing > 0 && there.size() < limit) {
      differences.add("only " + there.size() + " messages of " + limit + ", " + missing + " lack");
    }
    for (int i = 0; i < shared.size() && differences.isEmpty(); i++) {
      ClientEventJson event = mine.get(missing + i);
      if (!event.id().equals(shared.get(i).id())) {
        differences.add(
            "message " + event.id() + " should be where " + shared.get(i).id() + " is");
      } else if (!redactions.isSame(redactions.show(event), shared.get(i), settled)) {
        differences.add("message is " + redactions.show(event) + ", there " + shared.get(i));
      }
    }
    for (ClientEventJson event : there) {
      boolean old = ClientEventJson.isOld(event.id());
      boolean older = !hasAllMessages && event.depth() <= oldestDepth;
      if (!known.contains(event.id()) && !old && !older) {
        differences.add("message never came: " + event);
      }
    }
  }
}
