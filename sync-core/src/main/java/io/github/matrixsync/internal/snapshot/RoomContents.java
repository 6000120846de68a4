package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.RoomList;
import io.github.matrixsync.internal.cache.ViewedRoom;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.ClientEvents;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** State and messages of rooms, as they were read, and how they are shown to their viewer. Immutable. */
final class RoomContents {
  private final List<RoomReader.Asked> rooms;
  private final RoomReader.Frame frame;
  private final @Nullable RoomList[] messages;
  private final @Nullable RoomList[] state;
  private final Exactly exactly;

  /**
   * Takes what was read.
   *
   * @param messages for each of the rooms the kept list, if the viewer may be given it
   * @param state the same
   * @param exactly the rest
   */
  RoomContents(
      List<RoomReader.Asked> rooms,
      RoomReader.Frame frame,
      @Nullable RoomList[] messages,
      @Nullable RoomList[] state,
      Exactly exactly) {
    this.rooms = rooms;
    this.frame = frame;
    this.messages = messages;
    this.state = state;
    this.exactly = exactly;
  }

  /**
   * What was read for the viewer alone.
   *
   * @param latest messages
   * @param state state entries
   * @param replaced the events that messages replaced
   * @param own member events of the viewer
   * @param views what the viewer may see
   * @param showing how events look to the viewer
   */
  record Exactly(
      Map<RoomId, List<StoredEvent>> latest,
      Map<RoomId, List<StoredEvent>> state,
      Map<EventId, StoredEvent> replaced,
      Map<EventId, StoredEvent> own,
      Map<RoomId, RoomView> views,
      EventGate.Showing showing) {
    Optional<EncodedEvent> encode(StoredEvent event) {
      return showing.encode(event, view(event));
    }

    Optional<EncodedEvent> encodeWithReplaced(StoredEvent event) {
      return showing.encode(event, event.replaces().map(replaced::get), view(event));
    }

    private RoomView view(StoredEvent event) {
      return BatchAnswers.answer(views, event.event().room());
    }
  }

  /** Returns the messages of the room with this number. */
  MessagePage messages(int number) {
    ViewedRoom seen = rooms.get(number).seen();
    StreamToken end = frame.end().withRoom(seen.extent(frame.position()));
    RoomList kept = messages[number];
    if (kept != null) {
      return new MessagePage(
          ClientEvents.of(kept.events(), frame.now()), start(kept.first(), end), end);
    }
    List<StoredEvent> chunk =
        frame.limit() == 0 ? List.of() : BatchAnswers.answer(exactly.latest(), seen.room());
    return new MessagePage(
        chunk.stream()
            .flatMap(event -> exactly.encodeWithReplaced(event).stream())
            .map(this::at)
            .toList(),
        start(chunk.stream().findFirst().map(StoredEvent::point), end),
        end);
  }

  /**
   * Returns the state of the room with this number, in which the viewer's present member event, if it is shown, takes
   * the place of the one that held then.
   */
  List<ClientEvent> state(int number) {
    RoomReader.Asked room = rooms.get(number);
    RoomList kept = state[number];
    if (kept != null) {
      return ClientEvents.of(kept.events(), frame.now());
    }
    UserId viewer = room.seen().viewer();
    List<ClientEvent> shown = new ArrayList<>();
    Optional<EventId> missing = room.present();
    for (StoredEvent entry : BatchAnswers.answer(exactly.state(), room.room())) {
      boolean isPresent = room.present().filter(entry.event().id()::equals).isPresent();
      if (isPresent || !room.out() || !entry.event().isAbout(viewer)) {
        show(entry).ifPresent(shown::add);
        missing = isPresent ? Optional.empty() : missing;
      }
    }
    missing.flatMap(own -> show(own(room))).ifPresent(shown::add);
    return shown;
  }

  /** Returns the viewer's present member event of a room, if it was to be read. */
  StoredEvent own(RoomReader.Asked room) {
    StoredEvent event = room.present().map(exactly.own()::get).orElse(null);
    if (event == null) {
      throw StoreException.failed("no member event of the user in " + room.room(), null);
    }
    return event;
  }

  /** Returns whether the viewer may see an event of a room that was read for them alone. */
  boolean isVisible(StoredEvent event) {
    return exactly.view(event).shows(event);
  }

  /** Returns an event as state is shown; empty if it is damaged. */
  Optional<ClientEvent> show(StoredEvent event) {
    return exactly.encode(event).map(this::at);
  }

  private static PaginationToken start(Optional<HistoryPoint> first, StreamToken end) {
    return first.<PaginationToken>map(point -> HistoryToken.before(point, end)).orElse(end);
  }

  private ClientEvent at(EncodedEvent encoded) {
    return encoded.at(frame.now());
  }
}
