package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.operation.EphemeralStream;
import java.util.Set;

/**
 * The reader, the token range and the rooms of one answer's ephemeral entries. Immutable.
 *
 * @param reader who gets the answer
 * @param kind what the poll is for
 * @param rooms the rooms as of the end: those that the reader is joined to; or the one room; or those of interest to
 *     the service that have new entries
 * @param range the tokens after which the answer begins, and at which it ends
 * @param joinsAndLeaves the joins and leaves in that range
 */
public record AnswerScope(
    Reader reader, Kind kind, Set<RoomId> rooms, TokenRange range, JoinsAndLeaves joinsAndLeaves) {
  /** What a poll is for. */
  enum Kind {
    /** Everything that a user may see. */
    USER,
    /** One room, which the user is in or peeks at. */
    ROOM,
    /** An application service, which sees presence only of members of its rooms. */
    SERVICE
  }

  /**
   * Returns the scope of a poll for everything.
   *
   * @param joined the rooms that the reader is joined to as of the end
   */
  static AnswerScope ofUser(
      Reader reader, Set<RoomId> joined, TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(reader, Kind.USER, joined, range, joinsAndLeaves);
  }

  /** Returns the scope of a poll for one room, which the reader may read as of the end. */
  public static AnswerScope ofRoom(
      Reader reader, RoomId room, TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(reader, Kind.ROOM, Set.of(room), range, joinsAndLeaves);
  }

  /** Returns the same for a room that the reader may not read as of the end. */
  public AnswerScope withoutRooms() {
    return new AnswerScope(reader, kind, Set.of(), range, joinsAndLeaves);
  }

  /** Returns the scope of an application service's poll. */
  public static AnswerScope ofService(
      Reader sender, Set<RoomId> rooms, TokenRange range, JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(sender, Kind.SERVICE, rooms, range, joinsAndLeaves);
  }

  boolean isOfUser() {
    return kind == Kind.USER;
  }

  boolean isOfRoom() {
    return kind == Kind.ROOM;
  }

  boolean isOfService() {
    return kind == Kind.SERVICE;
  }

  StreamToken after() {
    return range.after();
  }

  StreamToken end() {
    return range.end();
  }

  /** Returns whether a stream moved in the range. */
  boolean moved(EphemeralStream stream) {
    return range.moved(stream);
  }

  /**
   * Returns whether the reader sees this user's presence without a shared room: their own, or of their presence list.
   */
  boolean isAlwaysSeen(UserId user) {
    return isOfUser()
        && (user.equals(reader.user()) || reader.settings().presenceList().contains(user));
  }
}
