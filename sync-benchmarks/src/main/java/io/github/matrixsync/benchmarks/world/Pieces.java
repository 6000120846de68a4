package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.rest.RestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pieces in which a body was written, without the ages: copying them is the floor of every snapshot. Confined to
 * one thread.
 */
public final class Pieces {
  private static final int LONGEST_AGE = 19;

  private final List<byte[]> pieces = new ArrayList<>();

  private Pieces() {}

  /** Collects the pieces of a body, each as a new array. */
  public static Pieces of(RestResponse response) throws IOException {
    Pieces taken = new Pieces();
    response.writeTo(new OutputStream() {
      @Override
      public void write(int one) {
        taken.add(new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] source, int offset, int count) {
        taken.add(Arrays.copyOfRange(source, offset, offset + count));
      }
    });
    return taken;
  }

  /** Writes all pieces. */
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece, 0, piece.length);
    }
  }

  /** Returns the number of bytes. */
  public long length() {
    return pieces.stream().mapToLong(piece -> piece.length).sum();
  }

  private void add(byte[] piece) {
    if (!isAge(piece)) {
      pieces.add(piece);
    }
  }

  private static boolean isAge(byte[] piece) {
    if (piece.length > LONGEST_AGE) {
      return false;
    }
    for (byte digit : piece) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }
}
