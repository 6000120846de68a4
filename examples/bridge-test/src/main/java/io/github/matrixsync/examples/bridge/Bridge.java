package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.bridge.ChatNetwork.ChatEvent;
import io.github.matrixsync.examples.bridge.ChatNetwork.Deleted;
import io.github.matrixsync.examples.bridge.ChatNetwork.NotReachedException;
import io.github.matrixsync.examples.bridge.ChatNetwork.Said;
import io.github.matrixsync.examples.bridge.ChatNetwork.Typing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A bridge between rooms and the channels of a chat network. It carries messages, edits, deletions and typing both
 * ways, with a ghost for each person of the network. Calls of the network that fail are repeated. It does not know how
 * events reach it, nor how its actions reach the homeserver. Events of both sides and delayed tasks must come one after
 * the other: else the network could return a message before the bridge knows that it sent it.
 */
public final class Bridge {
  private static final Duration TYPING = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Homeserver homeserver;
  private final ChatNetwork network;
  private final Predicate<UserId> ours;
  private final Delays delays;
  private final Portals portals;
  private final Map<String, Set<String>> typing = new ConcurrentHashMap<>();
  private final Set<String> sentByUs = ConcurrentHashMap.newKeySet();

  /**
   * Creates a bridge, which does nothing yet.
   *
   * @param homeserver performs the bridge's actions on Matrix
   * @param ours tests whether a user is the bot or a ghost; their messages are not sent to the network again
   * @param channels the channel of each room
   */
  public Bridge(
      Homeserver homeserver,
      ChatNetwork network,
      Delays delays,
      Predicate<UserId> ours,
      Map<RoomId, String> channels) {
    this.homeserver = homeserver;
    this.network = network;
    this.delays = delays;
    this.ours = ours;
    portals = new Portals(channels);
  }

  /** Begins to listen to the network. */
  public void start() {
    network.listen(this::onNetwork);
  }

  /** Carries an event of Matrix to the network; {@code event} has the form of the API r0 or v3. */
  public void onMatrix(JsonNode event) {
    String type = event.path("type").asString("");
    if (type.equals("m.typing")) {
      onTyping(event);
      return;
    }
    String sender = event.path("sender").asString("");
    if (sender.isEmpty() || ours.test(UserId.parse(sender))) {
      return;
    }
    switch (type) {
      case "m.room.message" -> onMessage(event);
      case "m.room.redaction" -> onRedaction(event);
      default -> {}
    }
  }

  private void onRedaction(JsonNode event) {
    String inContent = event.path("content").path("redacts").asString("");
    String target = event.path("redacts").asString(inContent);
    portals.message(EventId.parse(target)).ifPresent(network::delete);
  }

  private void onMessage(JsonNode event) {
    JsonNode content = event.path("content");
    JsonNode relation = content.path("m.relates_to");
    if (relation.path("rel_type").asString("").equals("m.replace")) {
      String text = content.path("m.new_content").path("body").asString("");
      portals
          .message(EventId.parse(relation.path("event_id").asString("")))
          .ifPresent(message -> network.edit(message, text));
    } else {
      send(event, content.path("body").asString(""));
    }
  }

  private void send(JsonNode event, String text) {
    EventId id = EventId.parse(event.path("event_id").asString(""));
    String nick = name(UserId.parse(event.path("sender").asString("")));
    channel(event).ifPresent(channel -> {
      try {
        String message = network.send(channel, nick, id.value(), text);
        sentByUs.add(message);
        portals.connect(id, message);
      } catch (NotReachedException e) {
        delays.schedule(() -> send(event, text), RETRY);
      }
    });
  }

  /** Tells the network which users began or stopped typing, except the bridge's own users. */
  private void onTyping(JsonNode event) {
    channel(event).ifPresent(channel -> {
      Set<String> now = new HashSet<>();
      event
          .path("content")
          .path("user_ids")
          .valueStream()
          .map(user -> UserId.parse(user.asString()))
          .filter(user -> !ours.test(user))
          .forEach(user -> now.add(name(user)));
      Set<String> before = typing.getOrDefault(channel, Set.of());
      typing.put(channel, now);
      now.stream()
          .filter(nick -> !before.contains(nick))
          .sorted()
          .forEach(nick -> network.types(channel, nick, true));
      before.stream()
          .filter(nick -> !now.contains(nick))
          .sorted()
          .forEach(nick -> network.types(channel, nick, false));
    });
  }

  private Optional<String> channel(JsonNode event) {
    return portals.channel(RoomId.parse(event.path("room_id").asString("")));
  }

  private void onNetwork(ChatEvent event) {
    if (event instanceof Said said && !sentByUs.contains(said.id())) {
      portals.room(said.channel()).ifPresent(room -> onSaid(said, room));
    } else if (event instanceof Deleted deleted && !sentByUs.contains(deleted.id())) {
      portals
          .room(deleted.channel())
          .ifPresent(room -> portals
              .event(deleted.id())
              .ifPresent(id -> homeserver.redact(homeserver.ghost(deleted.nick()), room, id)));
    } else if (event instanceof Typing types) {
      portals
          .room(types.channel())
          .ifPresent(room -> homeserver.type(
              joined(types.nick(), room), room, types.begins() ? TYPING : Duration.ZERO));
    }
  }

  private void onSaid(Said said, RoomId room) {
    UserId ghost = joined(said.nick(), room);
    portals
        .event(said.id())
        .ifPresentOrElse(message -> homeserver.edit(ghost, room, message, said.text()), () -> {
          EventId event = homeserver.say(ghost, room, said.text());
          portals.connect(event, said.id());
        });
  }

  private UserId joined(String nick, RoomId room) {
    UserId ghost = homeserver.ghost(nick);
    homeserver.join(ghost, room);
    return ghost;
  }

  private static String name(UserId user) {
    return user.value().substring(1, user.value().indexOf(':'));
  }
}
