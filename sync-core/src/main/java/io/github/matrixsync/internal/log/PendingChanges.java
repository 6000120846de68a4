package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.token.StreamToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Membership changes whose presence and typing a limited batch left out, by the batch's end token. Each end token has a
 * position after which the log is read again. The clients of one user may be at different tokens, so up to 8 are
 * remembered; beyond that the oldest is dropped. A client that polls with the end token of an answer has received it
 * and will not use the answer's start token again; until then it may, because an answer can be lost. Immutable.
 */
public final class PendingChanges {
  public static final PendingChanges NONE = new PendingChanges(List.of());

  private static final int MAX_NOTES = 8;

  private final List<Note> notes;

  /**
   * The pending changes at one end token.
   *
   * @param after the start token of the last answer that ended there
   * @param end the end token of an answer
   * @param pendingAfter joins and leaves after this position are pending
   * @param waiting the number of answers that ended there, less those that began there since
   */
  private record Note(StreamToken after, StreamToken end, long pendingAfter, int waiting) {
    Note oneLessWaiting() {
      return new Note(after, end, pendingAfter, waiting - 1);
    }
  }

  /**
   * Makes an instance from notes.
   *
   * @param notes the oldest first
   */
  private PendingChanges(List<Note> notes) {
    this.notes = notes;
  }

  /** Returns whether changes are pending at {@code token}. */
  public boolean hasPending(StreamToken token) {
    return noteFor(token).isPresent();
  }

  /** Returns the position after which joins and leaves are pending for a poll with {@code token}. */
  public long pendingAfter(StreamToken token) {
    return noteFor(token).map(Note::pendingAfter).orElse(token.room());
  }

  /**
   * Returns these changes with those of one more limited answer. An earlier answer with the same end and another start
   * may have left out more, so the lower position is kept.
   *
   * @param any whether anybody joined or left in the answer
   */
  public PendingChanges with(StreamToken after, StreamToken end, boolean any) {
    if (!any && !hasPending(after)) {
      return this;
    }
    Optional<Note> earlier = noteFor(end);
    long pendingAfter = Math.min(pendingAfter(after), pendingAfter(end));
    int waiting = earlier.map(Note::waiting).orElse(0);
    Optional<StreamToken> passed = noteFor(after).map(Note::after);
    List<Note> more = new ArrayList<>(notes);
    more.removeIf(note -> note.end().equals(end)
        || (note.waiting() <= 0 && passed.filter(note.end()::equals).isPresent()));
    more.replaceAll(note -> note.end().equals(after) ? note.oneLessWaiting() : note);
    more.add(new Note(after, end, pendingAfter, waiting + 1));
    if (more.size() > MAX_NOTES) {
      more.remove(0);
    }
    return new PendingChanges(List.copyOf(more));
  }

  private Optional<Note> noteFor(StreamToken token) {
    return notes.stream().filter(note -> note.end().equals(token)).findFirst();
  }
}
