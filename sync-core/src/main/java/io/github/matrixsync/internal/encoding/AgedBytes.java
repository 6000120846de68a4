package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.internal.json.JsonWriter.Gap;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;

/** JSON bytes without ages, and the offsets where ages are inserted; shared by any number of answers. Immutable. */
final class AgedBytes {
  private static final int WEIGHT_OF_AGE = Integer.BYTES + Long.BYTES;

  private final byte[] bytes;
  private final int[] offsets;
  private final long[] since;
  private final long earliest;
  private final long latest;

  /** Takes the written bytes; each gap is an age, counted from the instant that fills it. */
  AgedBytes(JsonWriter<Instant> written) {
    bytes = written.bytes();
    offsets = written.gaps().stream().mapToInt(Gap::offset).toArray();
    since = written.gaps().stream().mapToLong(age -> Ages.millis(age.filling())).toArray();
    earliest = Arrays.stream(since).min().orElse(0);
    latest = Arrays.stream(since).max().orElse(0);
  }

  /** Returns the number of bytes without the ages. */
  int size() {
    return bytes.length;
  }

  /** Returns the byte at an offset. */
  byte at(int offset) {
    return bytes[offset];
  }

  /** Returns about how many bytes of memory this takes, the object itself not counted. */
  int weight() {
    return Math.addExact(bytes.length, Math.multiplyExact(offsets.length, WEIGHT_OF_AGE));
  }

  /** Returns the number of bytes of all of it as it is at {@code now}. */
  long length(Instant now) {
    long millis = Ages.millis(now);
    int digits = Ages.digits(Ages.between(latest, millis));
    return digits == Ages.digits(Ages.between(earliest, millis))
        ? bytes.length + (long) digits * offsets.length
        : length(now, 0, bytes.length);
  }

  /** Returns the number of bytes that the part {@code [from, to)} has at {@code now}. */
  long length(Instant now, int from, int to) {
    long millis = Ages.millis(now);
    long length = (long) to - from;
    for (int i = firstFrom(from); i < offsets.length && offsets[i] < to; i++) {
      length += Ages.digits(Ages.between(since[i], millis));
    }
    return length;
  }

  /** Writes the part {@code [from, to)} as it is at {@code now}. */
  void writeTo(OutputStream out, Instant now, int from, int to) throws IOException {
    int written = from;
    int i = firstFrom(from);
    if (i < offsets.length && offsets[i] < to) {
      long millis = Ages.millis(now);
      byte[] digits = new byte[Ages.MOST_DIGITS];
      for (; i < offsets.length && offsets[i] < to; i++) {
        int offset = offsets[i];
        out.write(bytes, written, offset - written);
        int first = Ages.print(Ages.between(since[i], millis), digits);
        out.write(digits, first, digits.length - first);
        written = offset;
      }
    }
    out.write(bytes, written, to - written);
  }

  /** Writes the part {@code [from, to)} as it is at {@code now}, and the age that stands at {@code to}, if one does. */
  void writeWithAgeAtEndTo(OutputStream out, Instant now, int from, int to) throws IOException {
    writeTo(out, now, from, to);
    int i = firstFrom(to);
    if (i < offsets.length && offsets[i] == to) {
      byte[] digits = new byte[Ages.MOST_DIGITS];
      int first = Ages.print(Ages.between(since[i], Ages.millis(now)), digits);
      out.write(digits, first, digits.length - first);
    }
  }

  private int firstFrom(int offset) {
    if (offset == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(offsets, offset);
    return found < 0 ? -found - 1 : found;
  }
}
