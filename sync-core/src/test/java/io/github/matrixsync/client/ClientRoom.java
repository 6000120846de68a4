package io.github.matrixsync.client;

import io.github.matrixsync.domain.event.JsonTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One room as a client tracks it. Confined to one thread. */
final class ClientRoom {
  /** Whether state and messages are known, and as of which place in the stream. */
  enum Standing {
    /** Nothing is known: the user has not been in the room since the client began. */
    OUTSIDE,
    /** The user joined; a snapshot of the room has to be fetched. */
    WANTED,
    /** A snapshot was fetched that is ahead of the stream. */
    AHEAD,
    /** State and messages are updated from the stream. */
    LIVE,
    /** The user has left: state and messages are those as of the leave. */
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
   * Creates a room that the user is not in.
   *
   * @param ignored the users whom the user ignores
   * @param erased the users who asked for erasure
   */
  ClientRoom(String user, Set<String> ignored, Set<String> erased) {
    this.user = user;
    redactions = new Redactions(ignored, erased);
  }

  Standing standing() {
    return standing;
  }

  /** Returns whether the client ever got a membership of the user. */
  boolean hasMembership() {
    return own != null;
  }

  /** Returns whether the user is in the room, or the room is still to be fetched. */
  boolean isInside() {
    return standing != Standing.OUTSIDE && standing != Standing.LEFT;
  }

  /** Returns the user's membership; {@code leave} if none was ever received. */
  String membership() {
    return own == null ? "leave" : own.membership();
  }

  /** Replaces the room by the entry of a snapshot at the current place in the stream. */
  void load(Map<String, @Nullable Object> entry, int limit) {
    if (entry.containsKey("messages")) {
      boolean joined = "join".equals(entry.get("membership"));
      fill(entry, limit);
      standing = joined ? Standing.LIVE : Standing.LEFT;
      own = Objects.requireNonNull(state.get("m.room.member " + user));
    } else {
      own = ClientEventJson.of(JsonTree.object(entry, "invite"));
      mayHaveBeenIn = membership().equals("invite");
    }
  }

  /**
   * Replaces state and messages by a one-room snapshot that is ahead of the stream. Events of the stream are ignored
   * until {@link #reach}.
   */
  void fetch(Map<String, @Nullable Object> entry, int limit) {
    fill(entry, limit);
    later = "join".equals(entry.get("membership")) ? Standing.LIVE : Standing.LEFT;
    standing = Standing.AHEAD;
  }

  /** Applies events again: the stream has reached the place of the fetched snapshot. */
  void reach() {
    standing = later;
  }

  private void fill(Map<String, @Nullable Object> entry, int limit) {
    state.clear();
    messages.clear();
    for (ClientEventJson event : ClientEventJson.all(JsonTree.objects(entry, "state"))) {
      if (state.put(Objects.requireNonNull(event.entry()), event) != null) {
        throw new AssertionError("twice in the state: " + event);
      }
    }
    messages.addAll(
        ClientEventJson.all(JsonTree.objects(JsonTree.object(entry, "messages"), "chunk")));
    hasAllMessages = messages.size() < limit;
    oldestDepth = messages.isEmpty() ? Long.MAX_VALUE : messages.get(0).depth();
  }

  /** Records that the user left again before the room was fetched. */
  void miss() {
    mayHaveBeenIn = true;
    standing = Standing.OUTSIDE;
  }

  /** Returns whether an event is missing a redaction that the client has received. */
  boolean lacksRedaction(ClientEventJson event) {
    return redactions.lacks(event);
  }

  /**
   * Applies an event of the stream. A redaction that the user sent without being in the room need not be the first one
   * of its target.
   */
  void take(ClientEventJson event) {
    if (isInside()) {
      redactions.add(event);
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

  /** Returns the joined members by the room's state; nobody if the user is not in the room. */
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

  /** Compares the room with its entry in a later snapshot, and returns the differences. */
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
    compareOwn(ClientEventJson.of(JsonTree.object(entry, "invite")), settled, differences);
  }

  private void compareContents(
      Map<String, @Nullable Object> entry, int limit, boolean settled, List<String> differences) {
    if (standing == Standing.OUTSIDE && !mayHaveBeenIn) {
      differences.add("a room is shown in which the user never was");
    }
    Map<String, ClientEventJson> there = new HashMap<>();
    ClientEventJson.all(JsonTree.objects(entry, "state"))
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
          ClientEventJson.all(JsonTree.objects(JsonTree.object(entry, "messages"), "chunk")),
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
   * The snapshot's messages must be the newest known ones; before these there may be messages older than all known
   * ones.
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
