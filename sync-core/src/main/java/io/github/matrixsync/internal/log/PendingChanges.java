package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.token.StreamToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Since when it is still to be told who came and went, for the places where answers were cut by their limit: a position
 * for each, from which the log is read again. A user's clients may stand at different places, so there are several, at
 * most 8; of too many the oldest goes. A client that asks from the end of an answer has got that answer, and will not
 * ask from where it began; until then it may ask from there again, because an answer can be lost. Immutable.
 */
public final class PendingChanges {
  public static final PendingChanges NONE = new PendingChanges(List.of());

  private static final int MAX_NOTES = 8;

  private final List<Note> notes;

  /**
   * What is to be told at one place.
   *
   * @param after where the last answer began that ended there
   * @param end where an answer ended
   * @param pendingAfter who came and went after this is to be told
   * @param waiting how many answers ended there, less those that began there since
   */
  private record Note(StreamToken after, StreamToken end, long pendingAfter, int waiting) {
    Note oneLessWaiting() {
      return new Note(after, end, pendingAfter, waiting - 1);
    }
  }

  /**
   * Holds some notes.
   *
   * @param notes the oldest first
   */
  private PendingChanges(List<Note> notes) {
    this.notes = notes;
  }

  /** Returns whether anything is left to be told at {@code token}. */
  public boolean hasPending(StreamToken token) {
    return noteFor(token).isPresent();
  }

  /** Returns after which position it is to be told who came and went, to whoever asks from {@code token}. */
  public long pendingAfter(StreamToken token) {
    return noteFor(token).map(Note::pendingAfter).orElse(token.room());
  }

  /**
   * Returns this with one more answer that was cut. Another answer that ended at the same place, having begun
   * elsewhere,
   * may have had more to tell.
   *
   * @param any whether anybody came or went in the answer
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
