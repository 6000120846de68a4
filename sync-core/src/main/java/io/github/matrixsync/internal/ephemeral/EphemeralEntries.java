package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the presence, typing, receipts and account data of an answer, by membership as of the room part of its end
 * token. May block, unless told not to. Thread-safe.
 */
public final class EphemeralEntries {
  private final Stores stores;
  private final StreamFollowers followers;
  private final SharedRooms sharedRooms;
  private final UserSettings settings;
  private final PresenceEntries presence;
  private final TypingEntries typing;
  private final ReceiptEntries receipts;
  private final AccountDataEntries accountData;
  private final EntriesOfSync ofSync;
  private final DeviceListEntries deviceLists;
  private final RecentJoins recentJoins;

  /**
   * Creates the selection over the followed streams.
   *
   * @param presenceOnJoin the most members whose presence is sent with a join
   * @param receiptsPerRoom the most receipts of each room in a snapshot
   */
  // More than five parameters: what the selections of all streams need, given by SyncEngine alone.
  public EphemeralEntries(
      Stores stores,
      StreamFollowers followers,
      Window window,
      SharedRooms sharedRooms,
      int presenceOnJoin,
      int receiptsPerRoom) {
    this.stores = stores;
    this.followers = followers;
    this.sharedRooms = sharedRooms;
    settings = stores.settings();
    presence = new PresenceEntries(followers.presence(), sharedRooms, presenceOnJoin);
    typing = new TypingEntries(followers.typing(), sharedRooms);
    receipts = new ReceiptEntries(followers.receipts(), receiptsPerRoom);
    accountData = new AccountDataEntries(followers.accountData());
    deviceLists = new DeviceListEntries(followers.deviceLists(), sharedRooms);
    recentJoins = new RecentJoins(window, sharedRooms);
    ofSync = new EntriesOfSync(presence, typing, receipts, accountData);
  }

  /** Returns whether an answer has no such entries: no stream moved, and nobody joined or left. Does no I/O. */
  public static boolean isNothingNew(TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    StreamToken after = range.after();
    StreamToken end = range.end();
    boolean anything = false;
    for (int i = 1; i <= EphemeralStream.ACCOUNT_DATA.part(); i++) {
      if (end.part(i) > after.part(i)) {
        return false;
      }
      anything |= end.part(i) > 0;
    }
    return joinsAndLeaves.isNone() || !anything;
  }

  /**
   * Returns the scope of a poll for all rooms: those that the reader is joined to as of the end; empty if a store must
   * be read and {@code mayBlock} is false.
   */
  public Optional<AnswerScope> scopeOf(
      Reader reader, TokenRange range, JoinsAndLeaves joinsAndLeaves, boolean mayBlock) {
    return sharedRooms
        .roomsOf(reader, range.end().room(), mayBlock)
        .map(joined -> AnswerScope.ofUser(reader, joined, range, joinsAndLeaves));
  }

  /** Returns the rooms that the reader is joined to at a position; empty if a store must be read and may not. */
  public Optional<Set<RoomId>> joinedRooms(Reader reader, long position, boolean mayBlock) {
    return sharedRooms.roomsOf(reader, position, mayBlock);
  }

  /**
   * Returns the entries of an answer of {@code /sync}; empty if a store must be read and {@code mayBlock} is false.
   *
   * @param now the time of the answer, to which ages are counted
   */
  public Optional<SyncEntries> forSync(SyncScope scope, Instant now, boolean mayBlock) {
    return ofSync.find(scope, now, mayBlock);
  }

  /**
   * Returns the joins and leaves of other users in the rooms that the reader is joined to at the end of a range, and
   * which of these rooms the reader entered in it; empty if a store must be read and {@code mayBlock} is false. Without
   * streams that depend on them there are none.
   */
  public Optional<JoinsAndLeaves> joinsAndLeaves(
      Reader reader, Set<RoomId> joined, TokenRange range, boolean mayBlock) {
    boolean isNeeded = stores.has(EphemeralStream.PRESENCE)
        || stores.has(EphemeralStream.TYPING)
        || stores.has(EphemeralStream.DEVICE_LISTS);
    return isNeeded
        ? recentJoins.find(reader, joined, range.after().room(), range.end().room(), mayBlock)
        : Optional.of(JoinsAndLeaves.NONE);
  }

  /**
   * Returns whose devices changed in an answer's range, which does not begin at zero; empty if a store must be read and
   * {@code mayBlock} is false. Nobody if the host has no device lists.
   */
  public Optional<ChangedDevices> changedDevices(SyncScope scope, boolean mayBlock) {
    return deviceLists.find(scope, mayBlock);
  }

  /** Returns everybody who shares a room with the reader as of the end, and the reader. May block. */
  public Set<UserId> everybody(SyncScope scope) {
    return deviceLists.everybody(scope);
  }

  /** Returns the rooms with new typing or receipts, or with members whose presence changed. May block. */
  public Set<RoomId> changedRooms(TokenRange range) {
    StreamToken after = range.after();
    StreamToken end = range.end();
    Set<RoomId> changed = new HashSet<>();
    followers
        .typing()
        .all(after.typing(), end.typing())
        .forEach(change -> changed.add(change.room()));
    followers
        .receipts()
        .all(after.receipts(), end.receipts())
        .forEach(change -> changed.add(change.room()));
    List<UserId> present = followers.presence().all(after.presence(), end.presence()).stream()
        .map(PresenceChange::user)
        .toList();
    changed.addAll(sharedRooms.roomsOf(present, end.room()));
    return changed;
  }

  /**
   * Returns the chunk of an answer: its room events and then the new entries for a scope; empty if a store must be read
   * and {@code mayBlock} is false.
   */
  public Optional<List<ClientEvent>> chunk(
      RoomPart part, AnswerScope scope, Instant now, boolean mayBlock) {
    return between(scope, now, mayBlock).map(entries -> {
      List<ClientEvent> chunk = part.at(now);
      chunk.addAll(entries);
      return chunk;
    });
  }

  /**
   * Returns the new entries for a scope, stream by stream in the order of a token's parts; empty if a store must be
   * read and {@code mayBlock} is false. Joins and leaves need a read.
   */
  private Optional<List<ClientEvent>> between(AnswerScope scope, Instant now, boolean mayBlock) {
    List<EncodedEvent> all = new ArrayList<>();
    boolean complete = (mayBlock || scope.joinsAndLeaves().isNone())
        && presence.add(scope, all, mayBlock)
        && typing.add(scope, all, mayBlock)
        && receipts.add(scope, all, mayBlock)
        && accountData.add(scope, all, mayBlock);
    return complete ? Optional.of(at(all, now)) : Optional.empty();
  }

  /**
   * Returns the presence, as of {@code end}, of a user, of the user's presence list and of the members of the user's
   * joined rooms.
   */
  public List<ClientEvent> presenceAround(
      UserId user, Set<RoomId> joined, StreamToken end, Instant now) {
    if (end.presence() == 0) {
      return List.of();
    }
    Set<UserId> people = new HashSet<>(settings.presenceList(user));
    people.add(user);
    people.addAll(sharedRooms.membersOf(joined, end.room()));
    return at(presence.snapshot(people, end), now);
  }

  /** Returns the presence of the members of some rooms, as of {@code end}. */
  public List<ClientEvent> presenceIn(Set<RoomId> rooms, StreamToken end, Instant now) {
    if (end.presence() == 0) {
      return List.of();
    }
    return at(presence.snapshot(sharedRooms.membersOf(rooms, end.room()), end), now);
  }

  /** Returns the receipts of some rooms, as of {@code end}; empty if the host has no receipt store. */
  public Optional<List<ClientEvent>> receipts(
      UserId viewer, Set<RoomId> rooms, StreamToken end, Instant now) {
    return stores.has(EphemeralStream.RECEIPTS)
        ? Optional.of(at(receipts.snapshot(viewer, rooms, end), now))
        : Optional.empty();
  }

  /** Returns a user's account data, as of {@code end}. */
  public AccountData accountData(UserId user, StreamToken end, Instant now) {
    if (!stores.has(EphemeralStream.ACCOUNT_DATA)) {
      return new AccountData(false, Map.of());
    }
    Map<Optional<RoomId>, List<ClientEvent>> byRoom = new HashMap<>();
    for (AccountDataChange change : accountData.snapshot(user, end.accountData())) {
      byRoom
          .computeIfAbsent(change.room(), room -> new ArrayList<>())
          .add(EphemeralEvents.accountDataInPlace(change).at(now));
    }
    return new AccountData(true, byRoom);
  }

  /**
   * A user's account data for a snapshot.
   *
   * @param isProvided whether the host has an account data store
   * @param byRoom the entries by room; global ones have no room
   */
  public record AccountData(boolean isProvided, Map<Optional<RoomId>, List<ClientEvent>> byRoom) {
    public Optional<List<ClientEvent>> global() {
      return of(Optional.empty());
    }

    public Optional<List<ClientEvent>> of(RoomId room) {
      return of(Optional.of(room));
    }

    private Optional<List<ClientEvent>> of(Optional<RoomId> room) {
      return isProvided ? Optional.of(byRoom.getOrDefault(room, List.of())) : Optional.empty();
    }
  }

  private static List<ClientEvent> at(List<EncodedEvent> entries, Instant now) {
    return entries.stream().map(entry -> entry.at(now)).toList();
  }
}
