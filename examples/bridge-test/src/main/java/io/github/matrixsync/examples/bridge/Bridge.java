package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.event.ClientEvent;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bridge between rooms and the channels of a chat network. It carries messages, edits, deletions and typing both
 * ways, with a ghost for each person of the network. Calls of the network that fail are repeated. Thread-safe.
 */
public final class Bridge implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TYPING = Duration.ofSeconds(30);
  private static final long MINUTES_TO_RETRY = 5;

  private final Homeserver homeserver;
  private final ChatNetwork network;
  private final Predicate<UserId> ours;
  private final ScheduledExecutorService timer;
  private final Portals portals;
  private final MatrixListener listener;
  private final Map<String, Set<String>> typing = new ConcurrentHashMap<>();
  private final Set<String> sentByUs = ConcurrentHashMap.newKeySet();

  /**
   * What a bridge is connected to.
   *
   * @param engine returns the server's engine, which a restart replaces
   * @param homeserver performs the bridge's actions on Matrix
   * @param network the chat network
   * @param timer runs delayed tasks
   */
  public record Surroundings(
      Supplier<? extends SyncApi> engine,
      Homeserver homeserver,
      ChatNetwork network,
      ScheduledExecutorService timer) {}

  /**
   * Creates a bridge, which does nothing yet.
   *
   * @param bot the user as whom the bridge listens
   * @param ours tests whether a user is the bot or a ghost; their messages are not sent to the network again
   * @param channels the channel of each room
   */
  public Bridge(
      Surroundings around, UserId bot, Predicate<UserId> ours, Map<RoomId, String> channels) {
    homeserver = around.homeserver();
    network = around.network();
    timer = around.timer();
    this.ours = ours;
    portals = new Portals(channels);
    listener = new MatrixListener(around.engine(), bot, timer, this::onMatrix);
  }

  /** Begins to listen on both sides. */
  public void start() {
    network.listen(this::onNetwork);
    listener.listen(null);
  }

  private void onMatrix(ClientEvent event) {
    if (event.type().equals("m.typing")) {
      onTyping(event);
      return;
    }
    if (event.sender().isEmpty() || ours.test(event.sender().get())) {
      return;
    }
    JsonNode content = JSON.readTree(event.content().toString());
    switch (event.type()) {
      case "m.room.message" -> onMessage(event, content);
      case "m.room.redaction" ->
        portals
            .message(EventId.parse(content.path("redacts").asString("")))
            .ifPresent(network::delete);
      default -> {}
    }
  }

  private void onMessage(ClientEvent event, JsonNode content) {
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

  private void send(ClientEvent event, String text) {
    EventId id = event.id().orElseThrow();
    String nick = name(event.sender().orElseThrow());
    event.room().flatMap(portals::channel).ifPresent(channel -> {
      try {
        String message = network.send(channel, nick, id.value(), text);
        sentByUs.add(message);
        portals.connect(id, message);
      } catch (NotReachedException e) {
        Future<?> unused =
            timer.schedule(() -> send(event, text), MINUTES_TO_RETRY, TimeUnit.MINUTES);
      }
    });
  }

  /** Tells the network which users began or stopped typing, except the bridge's own users. */
  private void onTyping(ClientEvent event) {
    event.room().flatMap(portals::channel).ifPresent(channel -> {
      Set<String> now = new HashSet<>();
      JSON.readTree(event.content().toString())
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

  private void onNetwork(ChatEvent event) {
    if (event instanceof Said said && !sentByUs.contains(said.id())) {
      portals.room(said.channel()).ifPresent(room -> onSaid(said, room));
    } else if (event instanceof Deleted deleted && !sentByUs.contains(deleted.id())) {
      portals
          .event(deleted.id())
          .ifPresent(id -> homeserver.redact(homeserver.ghost(deleted.nick()), id));
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
        .ifPresentOrElse(message -> homeserver.edit(ghost, message, said.text()), () -> {
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

  /** Stops listening. */
  @Override
  public void close() {
    listener.close();
  }
}
