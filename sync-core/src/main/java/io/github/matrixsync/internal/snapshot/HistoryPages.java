package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
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
import java.util.OptionalLong;

/** Reads pages of one room's history. May block. Thread-safe. */
public final class HistoryPages {
  private final EventStore events;
  private final StreamFollowers followers;
  private final EventGate gate;
  private final PersonalUnsigned unsigned;
  private final HistoryWalk walk;
  private final StateReader states;
  private final InstantSource clock;

  public HistoryPages(
      EngineContext context, StreamFollowers followers, EventGate gate, PersonalUnsigned unsigned) {
    this.events = context.stores().events();
    this.followers = followers;
    this.gate = gate;
    this.unsigned = unsigned;
    this.walk = new HistoryWalk(events, gate);
    this.states = new StateReader(events, gate);
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
    from.ifPresent(token -> check(followers, request.user(), token));
    options.to().ifPresent(to -> check(followers, request.user(), to));
    RoomView view = gate.viewUnlessForgotten(request.user(), request.room(), end.room());
    long extent = RoomExtent.ofHistory(view, end.room())
        .orElseThrow(() -> EngineErrors.roomNotReadable(request.room()));
    if (options.filter().isPresent()) {
      return filtered(request, options.filter().get(), new Seen(view, extent, end));
    }
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

  /** What the viewer sees of the room, up to where, and the token as of which it is read. */
  private record Seen(RoomView view, long extent, StreamToken end) {}

  /** Reads a page on which a filter decides what is kept, and in which stream tokens are bounds of positions. */
  private MessagePage filtered(Request request, RoomEventFilter filter, Seen seen) {
    MessagesOptions options = request.options();
    Direction direction = options.direction();
    HistoryWalk.Found found = walk.read(bounded(request, filter, seen), seen.view());
    List<StoredEvent> chunk = found.kept();
    PaginationToken start =
        options.from().orElseGet(() -> beginning(chunk, direction, seen.end(), seen.extent()));
    return new MessagePage(
        shown(request, chunk, seen),
        start,
        found.last().map(last -> behind(last, direction, seen.end())).orElse(start),
        found.isEnd(),
        filter.lazyLoadMembers() && !chunk.isEmpty()
            ? members(chunk, direction, options.form(), seen)
            : List.of());
  }

  /** Encodes a page with the members of {@code unsigned} that depend on the reader. */
  private List<ClientEvent> shown(Request request, List<StoredEvent> chunk, Seen seen) {
    PersonalUnsigned.Audience viewer = new PersonalUnsigned.Audience(
        request.user(),
        request.options().device(),
        gate.ignored(request.user()),
        seen.end().room(),
        clock.instant(),
        request.options().form());
    return unsigned.show(chunk, seen.view(), viewer).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the member events of those who sent the events of a page, as of its newest event. */
  private List<ClientEvent> members(
      List<StoredEvent> chunk, Direction direction, EventForm form, Seen seen) {
    StoredEvent newest = chunk.get(direction == Direction.FORWARD ? chunk.size() - 1 : 0);
    List<StoredEvent> members = states.read(
        newest.event().room(),
        StateReader.positionAt(newest, seen.extent()),
        StateReader.membersOf(chunk));
    return states.show(members, seen.view(), form, clock.instant());
  }

  /**
   * Returns where to walk: a history token is a point, and a stream token bounds positions, so that a late event of low
   * depth lies between two of them.
   */
  private static HistoryWalk.Request bounded(Request request, RoomEventFilter filter, Seen seen) {
    MessagesOptions options = request.options();
    boolean forward = options.direction() == Direction.FORWARD;
    Optional<PaginationToken> older = forward ? options.from() : options.to();
    Optional<PaginationToken> newer = forward ? options.to() : options.from();
    long upTo = Math.min(seen.extent(), position(newer).orElse(seen.extent()));
    HistorySlice slice = new HistorySlice(
        request.room(),
        seen.view().ranges(upTo),
        point(older).orElse(HistoryPoint.START),
        point(newer).orElse(HistoryPoint.END));
    return new HistoryWalk.Request(
        slice,
        position(older).orElse(Long.MIN_VALUE),
        options.direction(),
        filter,
        request.limit());
  }

  private static OptionalLong position(Optional<PaginationToken> token) {
    return token.isPresent() && token.get() instanceof StreamToken stream
        ? OptionalLong.of(stream.room())
        : OptionalLong.empty();
  }

  private static Optional<HistoryPoint> point(Optional<PaginationToken> token) {
    return token.isPresent() && token.get() instanceof HistoryToken history
        ? Optional.of(history.point())
        : Optional.empty();
  }

  private List<ClientEvent> show(List<StoredEvent> chunk, RoomView view, EventForm form) {
    Instant now = clock.instant();
    return gate.encode(chunk, form, event -> view).stream()
        .flatMap(Optional::stream)
        .map(encoded -> encoded.at(now))
        .toList();
  }

  /** Checks that a token is not beyond the end of the stream. */
  static void check(StreamFollowers followers, UserId user, PaginationToken token) {
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
