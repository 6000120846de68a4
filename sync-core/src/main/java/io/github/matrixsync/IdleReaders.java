package io.github.matrixsync;

import org.jspecify.annotations.Nullable;

/** The readers for whom nobody reads at present, oldest first; they are kept so that their next poll need not load them. Thread-safe; adding and removing take the same time however many there are. */
final class IdleReaders {
  private final int most;
  private @Nullable Reader oldest; // guarded by this
  private @Nullable Reader newest; // guarded by this
  private int size; // guarded by this

  /** Keeps at most so many. */
  IdleReaders(int most) {
    this.most = most;
  }

  /** Adds a reader, who is not there. */
  synchronized void add(Reader reader) {
    Reader older = newest;
    reader.olderIdle = older;
    if (older == null) {
      oldest = reader;
    } else {
      older.newerIdle = reader;
    }
    newest = reader;
    size++;
  }

  /** Removes a reader; one who is not there stays so. */
  synchronized void remove(Reader reader) {
    Reader older = reader.olderIdle;
    Reader newer = reader.newerIdle;
    if (older == null && oldest != reader) {
      return;
    }
    if (older == null) {
      oldest = newer;
    } else {
      older.newerIdle = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.olderIdle = older;
    }
    reader.olderIdle = null;
    reader.newerIdle = null;
    size--;
  }

  /** Returns the oldest one, if there are too many; it stays until it is removed. */
  synchronized @Nullable Reader tooMany() {
    return size > most ? oldest : null;
  }
}
