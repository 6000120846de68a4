package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.RawJson;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Ids that hold a filter themselves: its JSON, deflated, then in base64 for URLs. A server needs no store for them, and
 * any user may use any id. The same JSON always has the same id. Pure and thread-safe.
 *
 * @since 0.1.0
 */
public final class FilterIds {
  /** The most characters of an id. */
  public static final int MAX_LENGTH = 4 << 10;

  private FilterIds() {}

  /**
   * Returns the id of a filter. It has letters, digits, {@code -} and {@code _} alone.
   *
   * @throws InvalidFilterException if the filter is not valid, or its id would be longer than {@link #MAX_LENGTH}
   */
  public static String of(RawJson filter) {
    FilterSpec.parse(filter);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(filter.toByteArray());
      deflater.finish();
      byte[] deflated = new byte[MAX_LENGTH];
      int length = deflater.deflate(deflated);
      String id = Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(RawJson.of(deflated, 0, length).toByteArray());
      if (!deflater.finished() || id.length() > MAX_LENGTH) {
        throw InvalidFilterException.tooLarge(
            "a filter must have an id of at most " + MAX_LENGTH + " characters");
      }
      return id;
    } finally {
      deflater.end();
    }
  }

  /**
   * Returns the filter that an id holds, byte for byte; empty if the text is no such id, or what it holds is no filter.
   *
   * @throws InvalidFilterException if it holds more than {@link FilterSpec#MAX_BYTES}
   */
  public static Optional<RawJson> filterIn(String id) {
    Objects.requireNonNull(id, "filter id");
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      RawJson filter = RawJson.of(inflated(Base64.getUrlDecoder().decode(id)));
      FilterSpec.parse(filter);
      return Optional.of(filter);
    } catch (InvalidFilterException e) {
      if (e.reason() == InvalidFilterException.Reason.TOO_LARGE) {
        throw e;
      }
      return Optional.empty();
    } catch (IllegalArgumentException | DataFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns at most one byte more than a filter may have. */
  private static byte[] inflated(byte[] deflated) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[MAX_LENGTH];
      int length = inflater.inflate(part);
      while (length > 0 && out.size() <= FilterSpec.MAX_BYTES) {
        out.write(part, 0, length);
        length = inflater.inflate(part);
      }
      if (length == 0 && (!inflater.finished() || inflater.getRemaining() > 0)) {
        throw new DataFormatException("cut off, or more behind its end");
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
