package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.sync.SyncRooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that records its calls and gives prepared answers. */
final class FakeEngine implements SyncApi {
  private static final StreamToken NOW = StreamToken.of(5, 2, 1);

  final List<Record> asked = new ArrayList<>();
  boolean closed;

  /** What reading any filter returns; empty: the filter is in its id. */
  Optional<CompletableFuture<Optional<RawJson>>> filter = Optional.empty();

  private @Nullable Supplier<CompletableFuture<?>> answer;

  record Streamed(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {}

  record Synced(UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options) {}

  record Snapshot(UserId user, int limit, SnapshotOptions options) {}

  record Event(UserId user, EventId id, EventForm form) {}

  record Room(UserId user, RoomId room, int limit, EventForm form) {}

  record Messages(UserId user, RoomId room, MessagesOptions options) {}

  /** Makes every call return {@code future}. */
  <T> CompletableFuture<T> answerWith(CompletableFuture<T> future) {
    answer = () -> future;
    return future;
  }

  /** Makes every call throw {@code failure}. */
  void throwAlways(RuntimeException failure) {
    answer = () -> {
      throw failure;
    };
  }

  /** Makes every call succeed again. */
  void recover() {
    answer = null;
  }

  /** Returns the only call that was made. */
  <T extends Record> T only(Class<T> kind) {
    if (asked.size() != 1) {
      throw new AssertionError("expected one call, got " + asked);
    }
    return kind.cast(asked.get(0));
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    return asked(
        new Streamed(user, from, timeout, options),
        new EventBatch(from == null ? NOW : from, NOW, List.of()));
  }

  @Override
  public CompletableFuture<SyncResponse> sync(
      UserId user, @Nullable StreamToken since, Duration timeout, SyncOptions options) {
    SyncResponse nothing = new SyncResponse(
        NOW,
        options.stateMode(),
        SyncRooms.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
    return asked(new Synced(user, since, timeout, options), nothing);
  }

  @Override
  public CompletableFuture<Optional<RawJson>> getFilterAsync(UserId user, String id) {
    return filter.orElseGet(() -> SyncApi.super.getFilterAsync(user, id));
  }

  @Override
  public CompletableFuture<InitialSync> initialSyncAsync(
      UserId user, int limit, SnapshotOptions options) {
    return asked(
        new Snapshot(user, limit, options),
        new InitialSync(NOW, List.of(), List.of(), Optional.empty(), Optional.empty()));
  }

  @Override
  public CompletableFuture<Optional<ClientEvent>> getEventAsync(
      UserId user, EventId id, EventForm form) {
    return asked(new Event(user, id, form), Optional.empty());
  }

  @Override
  public CompletableFuture<RoomInitialSync> roomInitialSyncAsync(
      UserId user, RoomId room, int limit, EventForm form) {
    RoomSnapshot snapshot = new RoomSnapshot(
        room,
        Optional.of(Membership.JOIN),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new MessagePage(List.of(), NOW, NOW)),
        List.of(),
        Optional.empty());
    return asked(
        new Room(user, room, limit, form),
        new RoomInitialSync(snapshot, List.of(), Optional.empty()));
  }

  @Override
  public CompletableFuture<MessagePage> messagesAsync(
      UserId user, RoomId room, MessagesOptions options) {
    return asked(new Messages(user, room, options), new MessagePage(List.of(), NOW, NOW));
  }

  @Override
  public RoomReads roomReads() {
    return new FakeReads();
  }

  record Context(UserId user, RoomId room, EventId id, ContextOptions options) {}

  record RoomEventRead(
      UserId user, RoomId room, EventId id, EventForm form, Optional<DeviceId> device) {}

  record State(UserId user, RoomId room, EventForm form) {}

  record Entry(UserId user, RoomId room, String type, String stateKey, EventForm form) {}

  record Members(UserId user, RoomId room, MembersOptions options) {}

  record Joined(UserId user, RoomId room, Optional<ServiceNamespaces> service) {}

  record JoinedRooms(UserId user) {}

  /** Records the reads of rooms, and finds nothing. */
  private final class FakeReads implements RoomReads {
    @Override
    public CompletableFuture<Optional<ClientEvent>> event(
        UserId user, RoomId room, EventId id, EventForm form, Optional<DeviceId> device) {
      return asked(new RoomEventRead(user, room, id, form, device), Optional.empty());
    }

    @Override
    public CompletableFuture<Optional<EventContext>> context(
        UserId user, RoomId room, EventId id, ContextOptions options) {
      return asked(new Context(user, room, id, options), Optional.empty());
    }

    @Override
    public CompletableFuture<List<ClientEvent>> state(UserId user, RoomId room, EventForm form) {
      return asked(new State(user, room, form), List.of());
    }

    @Override
    public CompletableFuture<Optional<ClientEvent>> stateEntry(
        UserId user, RoomId room, String type, String stateKey, EventForm form) {
      return asked(new Entry(user, room, type, stateKey, form), Optional.empty());
    }

    @Override
    public CompletableFuture<List<ClientEvent>> members(
        UserId user, RoomId room, MembersOptions options) {
      return asked(new Members(user, room, options), List.of());
    }

    @Override
    public CompletableFuture<List<JoinedMember>> joinedMembers(
        UserId user, RoomId room, Optional<ServiceNamespaces> service) {
      return asked(new Joined(user, room, service), List.of());
    }

    @Override
    public CompletableFuture<Set<RoomId>> joinedRooms(UserId user) {
      return asked(new JoinedRooms(user), Set.of());
    }
  }

  @SuppressWarnings("unchecked")
  private <T> CompletableFuture<T> asked(Record call, T value) {
    asked.add(call);
    return answer == null
        ? CompletableFuture.completedFuture(value)
        : (CompletableFuture<T>) answer.get();
  }
}
