package io.github.matrixsync.internal.stores;

import io.github.matrixsync.event.RoomId;
import java.util.Map;

/** Checks the answers of store reads that ask about several rooms at once. Stateless. */
public final class BatchAnswers {
  private BatchAnswers() {}

  /**
   * Returns the answer about one of the rooms that the read asked for.
   *
   * @throws IllegalStateException if there is none; the contract requires an answer about every room
   */
  public static <V> V answer(Map<RoomId, V> answers, RoomId room) {
    V answer = answers.get(room);
    if (answer == null) {
      throw new IllegalStateException("the store returned no answer for room " + room);
    }
    return answer;
  }
}
