package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.operation.EphemeralStream;
import java.util.Optional;
import java.util.Set;

/**
 * The reader, the token range and the rooms of one answer's ephemeral entries. Immutable.
 *
 * @param reader who gets the answer
 * @param only the room, if the poll is for one room
 * @param ofService whether the poll is an application service's, which sees presence only of members of its rooms
 * @param rooms the rooms as of the end: those that the reader is joined to; or the one room; or those of interest to
 *     the service that have new entries
 * @param after the token after which the answer begins
 * @param end the token at which it ends
 * @param joinsAndLeaves the joins and leaves in that range
 */
public record AnswerScope(
    Reader reader,
    Optional<RoomId> only,
    boolean ofService,
    Set<RoomId> rooms,
    StreamToken after,
    StreamToken end,
    JoinsAndLeaves joinsAndLeaves) {

  /**
   * Returns the scope of a poll for everything.
   *
   * @param joined the rooms that the reader is joined to as of the end
   */
  static AnswerScope of(
      Reader reader,
      Set<RoomId> joined,
      StreamToken after,
      StreamToken end,
      JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(reader, Optional.empty(), false, joined, after, end, joinsAndLeaves);
  }

  /** Returns the scope of a poll for one room, which the reader may read as of the end. */
  public static AnswerScope ofRoom(
      Reader reader,
      RoomId room,
      StreamToken after,
      StreamToken end,
      JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(
        reader, Optional.of(room), false, Set.of(room), after, end, joinsAndLeaves);
  }

  /** Returns the scope of an application service's poll. */
  public static AnswerScope ofService(
      Reader sender,
      Set<RoomId> rooms,
      StreamToken after,
      StreamToken end,
      JoinsAndLeaves joinsAndLeaves) {
    return new AnswerScope(sender, Optional.empty(), true, rooms, after, end, joinsAndLeaves);
  }

  /** Returns whether the poll is for all rooms of a user. */
  boolean isOwn() {
    return only.isEmpty() && !ofService;
  }

  /**
   * Returns whether the reader sees this user's presence without a shared room: their own, or of their presence list.
   */
  boolean isAlwaysSeen(UserId user) {
    return isOwn()
        && (user.equals(reader.user()) || reader.settings().presenceList().contains(user));
  }

  /** Returns whether a stream moved between {@link #after} and {@link #end}. */
  boolean moved(EphemeralStream stream) {
    return end.part(stream.part()) > after.part(stream.part());
  }
}
