package io.github.matrixsync.domain.token;

import io.github.matrixsync.store.model.HistoryPoint;

/**
 * A place in one room's history: {@code t<depth>-<position>_<presence>_<typing>...}, just after the point of that depth
 * and position. The position is negative where the place lies in backfill. Immutable.
 *
 * <p>Source: the examples of the v1 Sync API, {@code t44-3453_9_0}.
 *
 * @param point the place: later events of the room are greater
 * @param rest the parts behind the first; its room part says nothing and is 0
 * @since 0.1.0
 */
public record HistoryToken(HistoryPoint point, StreamToken rest) implements PaginationToken {
  /** Checks the depth and clears the room part of the rest. */
  public HistoryToken {
    if (point.depth() < 0) {
      throw new IllegalArgumentException("depth must not be negative, got " + point.depth());
    }
    rest = rest.withRoom(0);
  }

  /** Returns the token of the place just before an event. */
  public static HistoryToken before(HistoryPoint event, StreamToken rest) {
    return new HistoryToken(new HistoryPoint(event.depth(), event.position() - 1), rest);
  }

  /**
   * Returns the token that {@code text} spells.
   *
   * @throws InvalidTokenException if it spells none; the message says which part is wrong
   */
  public static HistoryToken parse(String text) {
    int dash = text.indexOf('-');
    int end = text.indexOf('_');
    if (text.isEmpty() || text.charAt(0) != 't' || dash < 0 || end < dash) {
      throw InvalidTokenException.of(
          "a history token is 't', a depth, '-', a position, then '_' and the other parts", text);
    }
    long depth = TokenParts.number(text, 1, dash, "depth");
    boolean negative = text.charAt(dash + 1) == '-';
    long position = TokenParts.number(text, negative ? dash + 2 : dash + 1, end, "position");
    long[] parts = TokenParts.parse(text, end + 1, 1);
    return new HistoryToken(
        new HistoryPoint(depth, negative ? -position : position), StreamToken.of(parts));
  }

  @Override
  public HistoryToken requireAtMost(int size) {
    TokenParts.requireAtMost(size, rest.size(), this);
    return new HistoryToken(point, rest.resized(size));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(48).append('t').append(point.depth());
    text.append('-').append(point.position());
    rest.appendRest(text);
    return text.toString();
  }
}
