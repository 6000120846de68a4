package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads pages of one room's history. May block. Thread-safe. */
public final class HistoryPages {
  private final EventStore events;
  private final StreamFollowers followers;
  private final EventGate gate;
  private final InstantSource clock;

  public HistoryPages(EngineContext context, StreamFollowers followers, EventGate gate) {
    this.events = context.stores().events();
    this.followers = followers;
    this.gate = gate;
    this.clock = context.clock();
  }

  /**
   * A request for a page. Immutable.
   *
   * @param options with a limit, and tokens that have no more parts than there are streams
   */
  public record Request(UserId user, RoomId room, MessagesOptions options) {
    int limit() {
      return options.limit().orElseThrow();
    }
  }

  /**
   * Reads a page.
   *
   * @throws RoomNotReadableException if the user may not read the room
   */
  public MessagePage page(Request request) {
    StreamToken end = followers.current();
    MessagesOptions options = request.options();
    Optional<PaginationToken> from = options.from();
    from.ifPresent(token -> check(request.user(), token));
    options.to().ifPresent(to -> check(request.user(), to));
    RoomView view = gate.viewUnlessForgotten(request.user(), request.room(), end.room());
    long extent = RoomExtent.ofHistory(view, end.room())
        .orElseThrow(() -> EngineErrors.roomNotReadable(request.room()));
    Direction direction = options.direction();
    HistorySlice slice = slice(request, view, extent);
    List<StoredEvent> chunk = request.limit() == 0 || slice.after().compareTo(slice.upTo()) >= 0
        ? List.of()
        : events.history(slice, direction, request.limit());
    PaginationToken start = from.orElseGet(() -> beginning(chunk, direction, end, extent));
    return new MessagePage(
        show(chunk, view, options.form()),
        start,
        chunk.isEmpty() ? start : behind(chunk.get(chunk.size() - 1), direction, end));
  }

  private List<ClientEvent> show(List<StoredEvent> chunk, RoomView view, EventForm form) {
    Instant now = clock.instant();
    return gate.encode(chunk, form, event -> view).stream()
        .flatMap(Optional::stream)
        .map(encoded -> encoded.at(now))
        .toList();
  }

  /** Checks that a token is not beyond the end of the stream. */
  private void check(UserId user, PaginationToken token) {
    if (token instanceof StreamToken place) {
      StreamToken roomOnly = followers.published().withRoom(place.room());
      if (roomOnly.isAheadOf(followers.published())) {
        followers.check(user, roomOnly);
      }
    }
  }

  private HistorySlice slice(Request request, RoomView view, long extent) {
    RoomId room = request.room();
    MessagesOptions options = request.options();
    boolean forward = options.direction() == Direction.FORWARD;
    HistoryPoint begin = options
        .from()
        .map(token -> point(room, token))
        .orElse(forward ? HistoryPoint.START : HistoryPoint.END);
    HistoryPoint stop = options
        .to()
        .map(token -> point(room, token))
        .orElse(forward ? HistoryPoint.END : HistoryPoint.START);
    return new HistorySlice(
        room, view.ranges(extent), forward ? begin : stop, forward ? stop : begin);
  }

  private HistoryPoint point(RoomId room, PaginationToken token) {
    return token instanceof HistoryToken history
        ? history.point()
        : events.pointAt(room, ((StreamToken) token).room());
  }

  /** Returns the start token of a page that was requested without one. */
  private static PaginationToken beginning(
      List<StoredEvent> chunk, Direction direction, StreamToken end, long extent) {
    return direction == Direction.FORWARD && !chunk.isEmpty()
        ? HistoryToken.before(chunk.get(0).point(), end)
        : end.withRoom(extent);
  }

  /** Returns the token after a page's last event, with which the next page is requested. */
  private static PaginationToken behind(StoredEvent last, Direction direction, StreamToken end) {
    return direction == Direction.FORWARD
        ? new HistoryToken(last.point(), end)
        : HistoryToken.before(last.point(), end);
  }
}
