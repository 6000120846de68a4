package io.github.matrixsync.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host with an application service for users {@code irc_…}, and a room of two users who are not the service's.
 * Confined to one thread.
 */
public final class ServiceHost implements AutoCloseable {
  public static final UserId SENDER = World.user("bot");
  public static final UserId GHOST = World.user("irc_g");
  public static final UserId OTHER_GHOST = World.user("irc_h");
  public static final RoomId NAMED = World.room("irc_room");
  public static final RoomAlias ALIAS = RoomAlias.parse("#irc_x:h");
  public static final StreamOptions SERVICE = StreamOptions.DEFAULT.withService(
      ServiceNamespaces.of(patterns("@irc_"), patterns("!irc_"), patterns("#irc_")));

  public final Host host = new Host();
  public final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  public final StreamToken start;

  public ServiceHost() {
    host.start(host.full().directory(directory));
    host.room(Host.ROOM, Host.ALICE, Host.BOB);
    start = host.here();
  }

  /** Starts another engine with an empty window. */
  public void restart() {
    host.start(host.full().directory(directory));
  }

  public EventBatch poll(StreamToken from) {
    return host.poll(SENDER, from, SERVICE);
  }

  /** Returns the room events that the service gets. */
  public List<EventId> got(StreamToken from) {
    return ids(poll(from));
  }

  /** Begins a poll with a timeout of half a minute, and asserts that it parks. */
  public CompletableFuture<EventBatch> park(@Nullable StreamToken from) {
    CompletableFuture<EventBatch> poll =
        host.engine().stream(SENDER, from, Duration.ofSeconds(30), SERVICE);
    assertThat(poll).isNotDone();
    return poll;
  }

  /** Returns the answer of a poll that must be answered. */
  public static EventBatch answer(CompletableFuture<EventBatch> poll) {
    assertThat(poll).isCompleted();
    return poll.join();
  }

  public EventId message(RoomId room) {
    return append(host.world.message(room, Host.ALICE));
  }

  public EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  public EventId outlier(RoomEvent event) {
    host.events.append(List.of(Append.outlier(event)));
    return event.id();
  }

  public static List<EventId> ids(EventBatch batch) {
    return batch.chunk().stream()
        .map(ClientEvent::id)
        .map(id -> id.orElseThrow())
        .toList();
  }

  private static List<Pattern> patterns(String regex) {
    return List.of(Pattern.compile(regex));
  }

  @Override
  public void close() {
    host.close();
  }
}
