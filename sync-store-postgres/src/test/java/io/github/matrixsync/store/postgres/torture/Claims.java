package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.store.model.Append;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a writer was told of its appends, in a file that outlives it. Each line is a status, the kind, the id and the
 * position, as columns of the table of claims. A last line without its end was cut. Thread-safe.
 */
final class Claims {
  private final OutputStream file;

  Claims(Path path) throws IOException {
    file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Notes that a batch is stored. */
  void stored(List<Append> batch, List<Long> positions) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < batch.size(); i++) {
      line(lines, 's', batch.get(i), positions.get(i));
    }
    write(lines);
  }

  /** Notes that a batch is certainly not stored. */
  void failed(List<Append> batch) {
    StringBuilder lines = new StringBuilder();
    batch.forEach(append -> line(lines, 'f', append, 0));
    write(lines);
  }

  private static void line(StringBuilder lines, char status, Append append, long position) {
    lines
        .append(status)
        .append('\t')
        .append(append.kind().ordinal())
        .append('\t')
        .append(append.event().id().value())
        .append('\t')
        .append(position)
        .append('\n');
  }

  private synchronized void write(StringBuilder lines) {
    try {
      file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
