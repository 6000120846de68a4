package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.follow.WakeUpRelay;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.Host;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects entries of {@code /sync} over a host's stores, without an engine. Confined to one thread. */
final class SyncSide implements AutoCloseable {
  static final int RECEIPTS_PER_ROOM = 3;
  private static final int PRESENCE_ON_JOIN = 3;

  private final Host host;
  private final EngineThreads threads;
  private final Roster roster;
  private final StreamFollowers followers;
  private final EphemeralEntries entries;

  /** Begins to follow the host's streams. */
  SyncSide(Host host) {
    this(host, host.typing);
  }

  /** Begins to follow the host's streams, and another one of typing. */
  SyncSide(Host host, TypingStore typing) {
    this.host = host;
    threads = new EngineThreads(Runnable::run, host.time);
    Stores stores = new Stores(new HostStores(
        host.events,
        host.presence,
        typing,
        host.receipts,
        host.accountData,
        null,
        host.settings,
        HostRoles.NONE,
        Set.of()));
    EngineContext context = new EngineContext(stores, threads, host::now, WatchSettings.DEFAULT);
    Window window = new Window(0, 100, 1 << 20);
    roster = new Roster(host.events, window, new ReaderRegistry(10, Subscriber::new));
    followers = new StreamFollowers(
        context,
        window,
        roster,
        new Caches(host.events, CacheBytes.of(1 << 20)).changes(),
        new WakeUpRelay());
    entries = new EphemeralEntries(
        stores,
        followers,
        window,
        new SharedRooms(host.events, roster),
        PRESENCE_ON_JOIN,
        RECEIPTS_PER_ROOM);
    followers.start();
  }

  /** Returns the token of now. */
  StreamToken here() {
    return followers.current();
  }

  /** Returns the entries of a first answer. */
  SyncEntries first(UserId user, FilterSpec filter) {
    return find(user, null, filter, true).orElseThrow();
  }

  /** Returns the entries since a token. */
  SyncEntries since(UserId user, StreamToken since) {
    return find(user, since, FilterSpec.ALL, true).orElseThrow();
  }

  Optional<SyncEntries> find(
      UserId user, @Nullable StreamToken since, FilterSpec filter, boolean mayBlock) {
    return find(user, since, here(), filter, mayBlock);
  }

  /** Returns the entries between two tokens. */
  SyncEntries between(UserId user, StreamToken since, StreamToken end) {
    return find(user, since, end, FilterSpec.ALL, true).orElseThrow();
  }

  private Optional<SyncEntries> find(
      UserId user,
      @Nullable StreamToken since,
      StreamToken end,
      FilterSpec filter,
      boolean mayBlock) {
    StreamToken after = since == null ? StreamToken.of(new long[end.size()]) : since;
    Reader reader = roster.acquire(user);
    try {
      roster.load(reader);
      Set<RoomId> joined = entries.joinedRooms(reader, end.room(), true).orElseThrow();
      JoinsAndLeaves changes = JoinsAndLeaves.of(events(joined, after.room(), end.room()), user);
      SyncScope scope =
          new SyncScope(reader, joined, new TokenRange(after, end), changes, filter, false);
      return entries.forSync(scope, host.now(), mayBlock);
    } finally {
      roster.release(reader);
    }
  }

  private List<StoredEvent> events(Set<RoomId> rooms, long after, long upTo) {
    return host.events.log(Interest.everything(), after, upTo, 1_000).events().stream()
        .filter(event -> rooms.contains(event.event().room()))
        .collect(Collectors.toList());
  }

  static List<String> ephemeral(SyncEntries entries, RoomId room) {
    return Host.json(entries.ephemeral().getOrDefault(room, List.<ClientEvent>of()));
  }

  static List<String> data(SyncEntries entries, RoomId room) {
    return Host.json(entries.ofRooms().getOrDefault(room, List.<ClientEvent>of()));
  }

  @Override
  public void close() {
    followers.close();
    threads.close();
  }
}
