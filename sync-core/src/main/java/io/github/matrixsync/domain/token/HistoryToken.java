package io.github.matrixsync.domain.token;

import io.github.matrixsync.store.model.HistoryPoint;
import java.util.Objects;

/**
 * A position in one room's history: {@code t<depth>-<position>_<presence>_<typing>...}, just after the point of that
 * depth and position. The position is negative in backfill. Immutable.
 *
 * <p>Source: the examples of the v1 Sync API, {@code t44-3453_9_0}.
 *
 * @param point the point; later events of the room have greater points
 * @param rest the other parts; the room part is always 0
 * @since 0.1.0
 */
public record HistoryToken(HistoryPoint point, StreamToken rest) implements PaginationToken {
  /** Checks the depth and clears the room part of the rest. */
  public HistoryToken {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(rest, "rest");
    if (point.depth() < 0) {
      throw new IllegalArgumentException("depth must not be negative, got " + point.depth());
    }
    rest = rest.withRoom(0);
  }

  /** Returns the token just before an event. */
  public static HistoryToken before(HistoryPoint event, StreamToken rest) {
    Objects.requireNonNull(event, "event");
    return new HistoryToken(new HistoryPoint(event.depth(), event.position() - 1), rest);
  }

  /**
   * Parses a history token.
   *
   * @throws InvalidTokenException if it is none; the message names the wrong part
   */
  public static HistoryToken parse(String text) {
    Objects.requireNonNull(text, "text");
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
