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

/** The state and messages read for a snapshot, and their encoding for the viewer. Immutable. */
final class RoomContents {
  private final List<RoomReader.Asked> rooms;
  private final RoomReader.ReadContext context;
  private final @Nullable RoomList[] messages;
  private final @Nullable RoomList[] state;
  private final PersonalContents personal;

  /**
   * Creates the contents from cached lists and personal reads.
   *
   * @param messages for each room the cached list, or null if the viewer may not be given it
   * @param state likewise for state
   * @param personal what was read for the viewer alone
   */
  RoomContents(
      List<RoomReader.Asked> rooms,
      RoomReader.ReadContext context,
      @Nullable RoomList[] messages,
      @Nullable RoomList[] state,
      PersonalContents personal) {
    this.rooms = rooms;
    this.context = context;
    this.messages = messages;
    this.state = state;
    this.personal = personal;
  }

  /**
   * What was read for the viewer alone.
   *
   * @param latest the messages by room
   * @param state the state entries by room
   * @param byId the events that messages replaced, and the viewer's member events
   * @param views what the viewer may see, by room
   * @param showing encodes events for the viewer
   */
  record PersonalContents(
      Map<RoomId, List<StoredEvent>> latest,
      Map<RoomId, List<StoredEvent>> state,
      Map<EventId, StoredEvent> byId,
      Map<RoomId, RoomView> views,
      EventGate.Showing showing) {
    Optional<EncodedEvent> encode(StoredEvent event) {
      return showing.encode(event, view(event));
    }

    Optional<EncodedEvent> encodeWithReplaced(StoredEvent event) {
      return showing.encode(event, event.replaces().map(byId::get), view(event));
    }

    private RoomView view(StoredEvent event) {
      return BatchAnswers.answer(views, event.event().room());
    }
  }

  /** Returns the messages of a room, by its index. */
  MessagePage messages(int number) {
    ViewedRoom seen = rooms.get(number).viewed();
    StreamToken end = context.end().withRoom(seen.extent(context.position()));
    RoomList cached = messages[number];
    if (cached != null) {
      return new MessagePage(
          ClientEvents.of(cached.events(), context.now()), start(cached.first(), end), end);
    }
    List<StoredEvent> chunk =
        context.limit() == 0 ? List.of() : BatchAnswers.answer(personal.latest(), seen.room());
    return new MessagePage(
        chunk.stream()
            .flatMap(event -> personal.encodeWithReplaced(event).stream())
            .map(this::at)
            .toList(),
        start(chunk.stream().findFirst().map(StoredEvent::point), end),
        end);
  }

  /**
   * Returns the state of a room, by its index. If the viewer has left, their present member event replaces the one that
   * was current when they left.
   */
  List<ClientEvent> state(int number) {
    RoomReader.Asked room = rooms.get(number);
    RoomList cached = state[number];
    if (cached != null) {
      return ClientEvents.of(cached.events(), context.now());
    }
    UserId viewer = room.viewed().viewer();
    List<ClientEvent> shown = new ArrayList<>();
    Optional<EventId> missing = room.present();
    for (StoredEvent entry : BatchAnswers.answer(personal.state(), room.room())) {
      boolean isPresent = room.present().filter(entry.event().id()::equals).isPresent();
      if (isPresent || !room.out() || !entry.event().isAbout(viewer)) {
        show(entry).ifPresent(shown::add);
        missing = isPresent ? Optional.empty() : missing;
      }
    }
    missing.flatMap(own -> show(own(room))).ifPresent(shown::add);
    return shown;
  }

  /** Returns the viewer's present member event of a room. */
  StoredEvent own(RoomReader.Asked room) {
    StoredEvent event = room.present().map(personal.byId()::get).orElse(null);
    if (event == null) {
      throw StoreException.failed("no member event of the user in " + room.room(), null);
    }
    return event;
  }

  /** Returns whether the viewer may see an event that was read for the viewer alone. */
  boolean isVisible(StoredEvent event) {
    return personal.view(event).shows(event);
  }

  /** Encodes an event as state; empty if it is damaged. */
  Optional<ClientEvent> show(StoredEvent event) {
    return personal.encode(event).map(this::at);
  }

  private static PaginationToken start(Optional<HistoryPoint> first, StreamToken end) {
    return first.<PaginationToken>map(point -> HistoryToken.before(point, end)).orElse(end);
  }

  private ClientEvent at(EncodedEvent encoded) {
    return encoded.at(context.now());
  }
}
