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

  private static final int MOST = 8;

  private final List<Note> notes;

  /**
   * What is to be told at one place.
   *
   * @param from where the last answer began that ended there
   * @param end where an answer ended
   * @param since who came and went after this is to be told
   * @param waiting how many answers ended there, less those that began there since
   */
  private record Note(StreamToken from, StreamToken end, long since, int waiting) {
    Note left() {
      return new Note(from, end, since, waiting - 1);
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

  /** Returns whether anything is left to be told at {@code place}. */
  public boolean isAnyAt(StreamToken place) {
    return noteAt(place).isPresent();
  }

  /** Returns after which position it is to be told who came and went, to whoever asks from {@code place}. */
  public long since(StreamToken place) {
    return noteAt(place).map(Note::since).orElse(place.room());
  }

  /**
   * Returns this with one more answer that was cut. Another answer that ended at the same place, having begun
   * elsewhere,
   * may have had more to tell.
   *
   * @param any whether anybody came or went in the answer
   */
  public PendingChanges with(StreamToken from, StreamToken end, boolean any) {
    if (!any && !isAnyAt(from)) {
      return this;
    }
    Optional<Note> earlier = noteAt(end);
    long since = Math.min(since(from), since(end));
    int waiting = earlier.map(Note::waiting).orElse(0);
    Optional<StreamToken> passed = noteAt(from).map(Note::from);
    List<Note> more = new ArrayList<>(notes);
    more.removeIf(note -> note.end().equals(end)
        || (note.waiting() <= 0 && passed.filter(note.end()::equals).isPresent()));
    more.replaceAll(note -> note.end().equals(from) ? note.left() : note);
    more.add(new Note(from, end, since, waiting + 1));
    if (more.size() > MOST) {
      more.remove(0);
    }
    return new PendingChanges(List.copyOf(more));
  }

  private Optional<Note> noteAt(StreamToken place) {
    return notes.stream().filter(note -> note.end().equals(place)).findFirst();
  }
}
