package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What answers hold besides room events: presence, typing, receipts and account data, gated by membership as of the
 * room part of the answer's end. May block. Thread-safe.
 */
public final class EphemeralEntries {
  private final Stores roles;
  private final SharedRooms company;
  private final UserSettings settings;
  private final PresenceEntries presence;
  private final TypingEntries typing;
  private final ReceiptEntries receipts;
  private final AccountDataEntries accountData;

  /**
   * Reads what is followed.
   *
   * @param presenceOnJoin how many members' presence at most comes with a join
   * @param receiptsPerRoom the most receipts of each room in a snapshot
   */
  public EphemeralEntries(
      Stores roles,
      StreamFollowers following,
      SharedRooms company,
      int presenceOnJoin,
      int receiptsPerRoom) {
    this.roles = roles;
    this.company = company;
    settings = roles.settings();
    presence = new PresenceEntries(following.presence(), company, presenceOnJoin);
    typing = new TypingEntries(following.typing(), company);
    receipts = new ReceiptEntries(following.receipts(), receiptsPerRoom);
    accountData = new AccountDataEntries(following.accountData());
  }

  /** Returns whether an answer needs none of this, since nothing of it moved and nobody came or went. Does no I/O. */
  public static boolean isNothingNew(StreamToken from, StreamToken end, JoinsAndLeaves turnover) {
    boolean anything = false;
    for (int i = 1; i < end.size(); i++) {
      if (end.part(i) > from.part(i)) {
        return false;
      }
      anything |= end.part(i) > 0;
    }
    return turnover.isNone() || !anything;
  }

  /** Returns what a poll for everything covers: the rooms that the reader is joined to as of {@code end}. */
  public AnswerScope sight(
      Reader reader, StreamToken from, StreamToken end, JoinsAndLeaves turnover) {
    return AnswerScope.of(reader, company.roomsOf(reader, end.room()), from, end, turnover);
  }

  /** Returns what is new to a reader, in the order of the parts of a token. */
  public List<ClientEvent> between(AnswerScope sight, Instant now) {
    List<EncodedEvent> all = new ArrayList<>();
    presence.add(sight, all);
    typing.add(sight, all);
    receipts.add(sight, all);
    accountData.add(sight, all);
    return at(all, now);
  }

  /**
   * Returns the present presence of a user, of those whom the user follows, and of the members of rooms that the user
   * is joined to, as of {@code end}.
   */
  public List<ClientEvent> presenceAround(
      UserId user, Set<RoomId> joined, StreamToken end, Instant now) {
    if (end.presence() == 0) {
      return List.of();
    }
    Set<UserId> people = new HashSet<>(settings.presenceList(user));
    people.add(user);
    people.addAll(company.membersOf(joined, end.room()));
    return at(presence.snapshot(people, end), now);
  }

  /** Returns the present presence of the members of rooms, as of {@code end}. */
  public List<ClientEvent> presenceIn(Set<RoomId> rooms, StreamToken end, Instant now) {
    if (end.presence() == 0) {
      return List.of();
    }
    return at(presence.snapshot(company.membersOf(rooms, end.room()), end), now);
  }

  /** Returns the receipts of rooms, as of {@code end}; empty if the engine has none. */
  public Optional<List<ClientEvent>> receipts(
      UserId viewer, Set<RoomId> rooms, StreamToken end, Instant now) {
    return roles.has(EphemeralStream.RECEIPTS)
        ? Optional.of(at(receipts.snapshot(viewer, rooms, end), now))
        : Optional.empty();
  }

  /** Returns a user's account data, as of {@code end}. */
  public AccountData accountData(UserId user, StreamToken end, Instant now) {
    if (!roles.has(EphemeralStream.ACCOUNT_DATA)) {
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
   * @param given whether the engine has account data
   * @param byRoom the entries of each room, and of none
   */
  public record AccountData(boolean given, Map<Optional<RoomId>, List<ClientEvent>> byRoom) {
    public Optional<List<ClientEvent>> global() {
      return of(Optional.empty());
    }

    public Optional<List<ClientEvent>> of(RoomId room) {
      return of(Optional.of(room));
    }

    private Optional<List<ClientEvent>> of(Optional<RoomId> room) {
      return given ? Optional.of(byRoom.getOrDefault(room, List.of())) : Optional.empty();
    }
  }

  private static List<ClientEvent> at(List<EncodedEvent> entries, Instant now) {
    return entries.stream().map(entry -> entry.at(now)).toList();
  }
}
