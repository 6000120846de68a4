package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A list of events in one answer. It is written as a whole from bytes shared with other answers; its entries are made
 * when first requested. Immutable.
 */
public final class ClientEvents extends AbstractList<ClientEvent> implements RandomAccess {
  private final EncodedEvents events;
  private final Instant at;
  private volatile @Nullable List<ClientEvent> entries;

  private ClientEvents(EncodedEvents events, Instant at) {
    this.events = Objects.requireNonNull(events, "events");
    this.at = Objects.requireNonNull(at, "at");
  }

  /** Returns {@code events} in an answer made at {@code at}. */
  public static ClientEvents of(EncodedEvents events, Instant at) {
    return new ClientEvents(events, at);
  }

  /** Returns {@code list} itself if it is of this class, else an immutable copy. */
  public static List<ClientEvent> copyOf(List<ClientEvent> list) {
    return list instanceof ClientEvents ? list : List.copyOf(list);
  }

  @Override
  public ClientEvent get(int index) {
    return entries().get(index);
  }

  @Override
  public int size() {
    return events.size();
  }

  /** Returns the number of bytes that {@link #writeTo} writes. */
  public long length() {
    return events.length(at);
  }

  /**
   * Writes the events as a JSON list. May be called by any number of threads; blocks only as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    events.writeTo(out, at);
  }

  /** Makes the entries when first requested. Two threads may make them at once; either result is right. */
  private List<ClientEvent> entries() {
    List<ClientEvent> made = entries;
    if (made == null) {
      made =
          IntStream.range(0, events.size()).mapToObj(i -> events.get(i).at(at)).toList();
      entries = made;
    }
    return made;
  }
}
