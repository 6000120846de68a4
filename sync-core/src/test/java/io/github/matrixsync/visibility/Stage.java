package io.github.matrixsync.visibility;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One room with one viewer and one sender, in which a case is acted out, and the engine's answers to the viewer.
 * Confined to one thread.
 */
final class Stage implements AutoCloseable {
  static final String ROOM = "r";
  static final String VIEWER = "viewer";
  static final String SENDER = "sender";
  private static final int ALL = 100;

  final MemoryUserSettings settings = MemoryUserSettings.create();
  private final MemoryEventStore store = MemoryEventStore.create();
  private final SyncEngine engine;
  private int count;

  Stage() {
    engine = SyncEngine.builder(store)
        .settings(settings)
        .executor(Runnable::run)
        .scheduler(new NoTime())
        .clock(() -> EventWriter.NOW)
        .build();
    append(Fact.member(next(), ROOM, SENDER, SENDER, "join"));
  }

  int next() {
    return ++count;
  }

  int append(Fact fact) {
    store.append(List.of(EventWriter.append(fact)));
    return fact.id();
  }

  int message(String sender) {
    return append(Fact.message(next(), ROOM, sender));
  }

  int member(String sender, String subject, String membership) {
    return append(Fact.member(next(), ROOM, sender, subject, membership));
  }

  /** Sets the history visibility, named as in the tables. */
  int visibility(String visibility) {
    return append(Fact.visibility(next(), ROOM, SENDER, visibility));
  }

  void setVisibility(String visibility) {
    if (!visibility.equals("unset")) {
      visibility(visibility);
    }
  }

  /** Brings the viewer, who has had no membership yet, to a membership. */
  void bringTo(String membership) {
    switch (membership) {
      case "none" -> {}
      case "join", "knock" -> member(VIEWER, VIEWER, membership);
      case "leave" -> {
        member(SENDER, VIEWER, "invite");
        member(VIEWER, VIEWER, "leave");
      }
      default -> member(SENDER, VIEWER, membership);
    }
  }

  void join() {
    member(VIEWER, VIEWER, "join");
  }

  void leave() {
    member(VIEWER, VIEWER, "leave");
  }

  void eraseSender() {
    settings.erase(EventWriter.user(SENDER));
  }

  void ignore(String user) {
    settings.setIgnored(EventWriter.user(VIEWER), Set.of(EventWriter.user(user)));
  }

  String byId(int id) {
    return letter(engine.getEvent(EventWriter.user(VIEWER), EventWriter.event(id)).stream(), id);
  }

  String inStream(int id) {
    return letter(stream(StreamOptions.DEFAULT).chunk().stream(), id);
  }

  /** Returns how the event looks in a stream of the room alone, or {@code 403}. */
  String inPeek(int id) {
    try {
      return letter(
          stream(StreamOptions.DEFAULT.inRoom(EventWriter.room(ROOM))).chunk().stream(), id);
    } catch (java.util.concurrent.CompletionException e) {
      return refusal(e.getCause());
    }
  }

  private EventBatch stream(StreamOptions options) {
    return engine.stream(EventWriter.user(VIEWER), StreamToken.of(0, 0, 0), Duration.ZERO, options)
        .join();
  }

  private static String refusal(@Nullable Throwable failure) {
    if (failure instanceof RoomNotReadableException) {
      return "403";
    }
    throw new AssertionError(failure);
  }

  /** Returns the room's history as the viewer gets it, oldest first; empty if they get none. */
  Optional<List<ClientEvent>> page() {
    try {
      return Optional.of(engine
          .messages(EventWriter.user(VIEWER), EventWriter.room(ROOM), MessagesOptions.forward(ALL))
          .chunk());
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
  }

  String inPage(int id) {
    return letter(page().stream().flatMap(List::stream), id);
  }

  /** Returns the messages of a snapshot of the room alone; empty if the viewer gets none. */
  Optional<List<ClientEvent>> roomSnapshot() {
    try {
      return engine
          .roomInitialSync(EventWriter.user(VIEWER), EventWriter.room(ROOM), ALL)
          .room()
          .messages()
          .map(page -> page.chunk());
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
  }

  /** Returns the room's entry in the snapshot, if it is listed. */
  Optional<RoomSnapshot> entry() {
    return engine.initialSync(EventWriter.user(VIEWER), ALL).rooms().stream().findFirst();
  }

  String inSnapshot(int id) {
    return letter(messages().stream(), id);
  }

  /** Returns how the viewer's own current member event looks in the snapshot, wherever it is there. */
  String ownInSnapshot(int id) {
    List<ClientEvent> shown = new ArrayList<>();
    entry().ifPresent(entry -> {
      shown.addAll(entry.state());
      entry.invite().ifPresent(shown::add);
    });
    return letter(shown.stream(), id);
  }

  Optional<Membership> membership() {
    return entry().flatMap(RoomSnapshot::membership);
  }

  private List<ClientEvent> messages() {
    return entry().flatMap(RoomSnapshot::messages).map(page -> page.chunk()).orElse(List.of());
  }

  private static String letter(Stream<ClientEvent> answer, int id) {
    return answer
        .filter(event -> event.id().filter(EventWriter.event(id)::equals).isPresent())
        .map(event -> event.content().toString().contains("within-") ? "A" : "P")
        .reduce((one, other) -> one + other)
        .orElse("-");
  }

  @Override
  public void close() {
    engine.close();
  }
}
