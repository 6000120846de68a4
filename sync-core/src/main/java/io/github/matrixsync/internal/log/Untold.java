package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.StreamToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What answers that were cut by their limit had still to tell of who came and went, by the place where they ended. A user's clients may stand at different places, so there are several notes. A client that asks from the end of an answer
 * has got that answer, and will not ask from where it began; until then it may ask from there again, because an answer can be lost. Of too many notes the oldest goes. Immutable.
 */
public final class Untold {
  public static final Untold NONE = new Untold(List.of());

  private static final int MOST = 8;

  private final List<Note> notes;

  /**
   * What is to be told at one place.
   *
   * @param from where the last answer began that ended there
   * @param end where an answer ended
   * @param waiting how many answers ended there, less those that began there since
   */
  private record Note(StreamToken from, StreamToken end, Turnover turnover, int waiting) {
    Note left() {
      return new Note(from, end, turnover, waiting - 1);
    }
  }

  /**
   * Holds some notes.
   *
   * @param notes the oldest first
   */
  private Untold(List<Note> notes) {
    this.notes = notes;
  }

  /** Returns what is still to be told to whoever asks from {@code place}. */
  public Turnover at(StreamToken place) {
    return notes.isEmpty()
        ? Turnover.NONE
        : noteAt(place).map(Note::turnover).orElse(Turnover.NONE);
  }

  /** Returns this with the note of one more answer. Another answer that ended at the same place, having begun elsewhere, may have had more to tell. */
  public Untold with(StreamToken from, StreamToken end, Turnover turnover) {
    if (turnover.isNone()) {
      return this;
    }
    int waiting = noteAt(end).map(Note::waiting).orElse(0);
    Optional<StreamToken> passed = noteAt(from).map(Note::from);
    List<Note> more = new ArrayList<>(notes);
    more.removeIf(note -> note.end().equals(end)
        || (note.waiting() <= 0 && passed.filter(note.end()::equals).isPresent()));
    more.replaceAll(note -> note.end().equals(from) ? note.left() : note);
    more.add(new Note(from, end, turnover.after(at(end)), waiting + 1));
    if (more.size() > MOST) {
      more.remove(0);
    }
    return new Untold(List.copyOf(more));
  }

  private Optional<Note> noteAt(StreamToken place) {
    return notes.stream().filter(note -> note.end().equals(place)).findFirst();
  }
}
