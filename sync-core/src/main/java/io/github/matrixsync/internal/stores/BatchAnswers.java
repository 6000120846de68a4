package io.github.matrixsync.internal.stores;

import io.github.matrixsync.event.RoomId;
import java.util.Map;

/** Reads of a store that answer about many rooms at once. Stateless. */
public final class BatchAnswers {
  private BatchAnswers() {}

  /**
   * Returns what such a read, or what was made from one, holds about a room that was asked about.
   *
   * @throws IllegalStateException if it holds nothing, though the contract wants an answer about every room
   */
  public static <V> V answer(Map<RoomId, V> answers, RoomId room) {
    V answer = answers.get(room);
    if (answer == null) {
      throw new IllegalStateException("the store gave no answer for " + room);
    }
    return answer;
  }
}
