package io.github.matrixsync.visibility;

import static io.github.matrixsync.visibility.Stage.ROOM;
import static io.github.matrixsync.visibility.Stage.SENDER;
import static io.github.matrixsync.visibility.Stage.VIEWER;

import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.Membership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Acts out the rows of the tables on left rooms and on hidden events on a {@link Stage}. Confined to one thread. */
final class LeftRoomStage implements AutoCloseable {
  private static final Pattern NOTE = Pattern.compile("\"note\":\"within-(\\d+)\"");

  private final Stage stage = new Stage();
  private final Map<Integer, String> messages = new HashMap<>();
  private String history = "";
  private int lastTopic;
  private boolean in;

  Stage stage() {
    return stage;
  }

  void act(String words) {
    history = words;
    for (String word : words.split(" ")) {
      topic();
      switch (word) {
        case "join", "leave", "knock" -> member(VIEWER, word);
        case "kick" -> member(SENDER, "leave");
        case "invite", "ban" -> member(SENDER, word);
        case "forget" -> stage.settings.forget(EventWriter.user(VIEWER), EventWriter.room(ROOM));
        case "said" -> messages.put(stage.message(VIEWER), word);
        default -> messages.put(stage.message(SENDER), word);
      }
    }
    topic();
  }

  private void member(String sender, String membership) {
    stage.member(sender, VIEWER, membership);
    in = membership.equals("join");
  }

  /** Changes the topic, and records the last one during the viewer's membership. */
  private void topic() {
    int topic = stage.append(Fact.topic(stage.next(), ROOM, SENDER));
    if (in) {
      lastTopic = topic;
    }
  }

  /** Returns the engine's answers as a row of the table. */
  Map<String, String> shown() {
    Optional<RoomSnapshot> entry = stage.entry();
    return Map.of(
        "history",
        history,
        "entry",
        entry.flatMap(RoomSnapshot::membership).map(Membership::value).orElse("-"),
        "messages",
        words(entry.flatMap(RoomSnapshot::messages).map(page -> page.chunk())),
        "page",
        words(stage.page()));
  }

  private String words(Optional<List<ClientEvent>> events) {
    return events
        .map(all -> all.stream()
            .map(event -> messages.get(EventWriter.number(event.id().orElseThrow())))
            .filter(word -> word != null)
            .reduce((one, other) -> one + " " + other)
            .orElse("none"))
        .orElse("-");
  }

  /**
   * Returns whether the state in the snapshot, if there is any, is that as of the viewer's leave, except for the
   * viewer's own membership, which is the current one.
   */
  boolean stateIsOfTheVisit() {
    return stage
        .entry()
        .filter(entry -> entry.messages().isPresent())
        .map(entry -> topicOf(entry) == lastTopic
            && ownMembershipsOf(entry).size() == 1
            && ownMembershipsOf(entry)
                .get(0)
                .contains("\"membership\":\"" + entry.membership().orElseThrow().value()))
        .orElseGet(() -> stage.entry().stream().allMatch(entry -> entry.state().isEmpty()));
  }

  private static int topicOf(RoomSnapshot entry) {
    return entry.state().stream()
        .filter(event -> event.type().equals("m.room.topic"))
        .map(event -> NOTE.matcher(event.content().toString()))
        .mapToInt(found -> found.find() ? Integer.parseInt(found.group(1)) : 0)
        .sum();
  }

  private static List<String> ownMembershipsOf(RoomSnapshot entry) {
    String key = "\"state_key\":\"" + EventWriter.user(VIEWER);
    return entry.state().stream()
        .filter(event -> event.type().equals(Fact.MEMBER))
        .map(event -> event.json().toString())
        .filter(json -> json.contains(key))
        .toList();
  }

  /** Acts out a row of the table on hidden events, and returns the number of the event. */
  int keepBack(String what) {
    Fact invite = Fact.member(stage.next(), ROOM, SENDER, VIEWER, "invite");
    if (what.equals("invite of the viewer by one who is ignored")
        || what.equals("outlier: the viewer's own invite")) {
      ignoreIf(what);
      return stage.append(what.startsWith("outlier") ? invite.outlier() : invite);
    }
    stage.join();
    ignoreIf(what);
    int id = stage.next();
    return stage.append(
        switch (what) {
          case "message of one who is ignored" -> Fact.message(id, ROOM, SENDER);
          case "state of one who is ignored" -> Fact.topic(id, ROOM, SENDER);
          case "redaction of one who is ignored" ->
            Fact.of(id, ROOM, SENDER, "m.room.redaction").redacting(1);
          case "kick of the viewer by one who is ignored" ->
            Fact.member(id, ROOM, SENDER, VIEWER, "leave");
          case "invite of another by one who is ignored" ->
            Fact.member(id, ROOM, SENDER, "another", "invite");
          case "message of the viewer, who ignores themselves" -> Fact.message(id, ROOM, VIEWER);
          case "outlier: the invite of another" ->
            Fact.member(id, ROOM, SENDER, "another", "invite").outlier();
          case "outlier: an invite that the viewer sent" ->
            Fact.member(id, ROOM, VIEWER, "another", "invite").outlier();
          case "outlier: message" -> Fact.message(id, ROOM, SENDER).outlier();
          default -> throw new IllegalArgumentException(what);
        });
  }

  private void ignoreIf(String what) {
    if (what.contains("themselves")) {
      stage.ignore(VIEWER);
    } else if (what.contains("ignored")) {
      stage.ignore(SENDER);
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}
