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
 * Whose answer it is, from where to where it goes, and what of rooms it may show besides their events. Immutable.
 *
 * @param reader who gets the answer
 * @param only the one room that the poll listens to, if it does
 * @param ofService whether the poll is an application service's, which sees rooms and nobody anywhere else
 * @param rooms the rooms that the reader is joined to as of the end; or the one room, which the reader may read then;
 *     or those of interest to the service then, as far as they have anything to show
 * @param after where the answer begins
 * @param end where it ends
 * @param joinsAndLeaves who came and went
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

  /** Returns whether the poll is for everything that is the reader's. */
  boolean isOwn() {
    return only.isEmpty() && !ofService;
  }

  /** Returns whether {@code user} is seen wherever they are: the reader, or one whom the reader follows. */
  boolean isAlwaysSeen(UserId user) {
    return isOwn()
        && (user.equals(reader.user()) || reader.preferences().presenceList().contains(user));
  }

  /** Returns whether a stream moved between {@link #after} and {@link #end}. */
  boolean moved(EphemeralStream stream) {
    return end.part(stream.part()) > after.part(stream.part());
  }
}
