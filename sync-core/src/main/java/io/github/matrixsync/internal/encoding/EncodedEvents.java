package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.StoredEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A list of room events, encoded once as one JSON list for any number of readers. It contains no age, token or reader.
 * Immutable.
 */
public final class EncodedEvents {
  /** The memory of each event besides its bytes, ids included. */
  private static final int WEIGHT_OF_EVENT = 160;

  private final EventHead[] heads;
  private final EventSpan[] spans;
  private final AgedBytes bytes;

  private EncodedEvents(EventHead[] heads, EventSpan[] spans, AgedBytes bytes) {
    this.heads = heads;
    this.spans = spans;
    this.bytes = bytes;
  }

  /**
   * Encodes events like {@link EncodedEvent#of}.
   *
   * @param replaced returns the event that an event replaced, if its content is to be shown
   */
  public static EncodedEvents of(
      EventForm form,
      List<StoredEvent> events,
      Function<StoredEvent, Optional<StoredEvent>> replaced) {
    EventHead[] heads = new EventHead[events.size()];
    EventSpan[] spans = new EventSpan[events.size()];
    JsonWriter<Instant> out =
        new JsonWriter<>(events.stream().mapToInt(EventWriter::roomFor).sum());
    out.openList();
    for (int i = 0; i < heads.length; i++) {
      StoredEvent event = events.get(i);
      Optional<StoredEvent> old = replaced.apply(event);
      EventWriter.requireReplaced(event, old);
      heads[i] = EventHead.of(event.event());
      spans[i] = EventWriter.write(form, event, old, out.element());
    }
    return new EncodedEvents(heads, spans, new AgedBytes(out.closeList()));
  }

  /** Returns the bytes of the JSON of events, as they were stored. */
  public static long bytesOf(Collection<StoredEvent> stored) {
    long bytes = 0;
    for (StoredEvent event : stored) {
      bytes += event.event().json().length();
    }
    return bytes;
  }

  /** Returns the number of events. */
  public int size() {
    return heads.length;
  }

  /** Returns one of the events. */
  public EncodedEvent get(int index) {
    return new EncodedEvent(heads[index], bytes, spans[index]);
  }

  /**
   * Compares the entry that an event of a list of state is with a type and state key.
   *
   * @return less than, equal to or greater than 0, by type, then key
   */
  private int compareEntry(int index, String type, String stateKey) {
    EventHead head = heads[index];
    int byType = head.type().compareTo(type);
    String key = head.stateKey();
    return byType != 0 ? byType : (key == null ? "" : key).compareTo(stateKey);
  }

  /** Returns the index of the first entry of a list of state whose type and key are not less than the given ones. */
  public int indexFrom(String type, String stateKey) {
    int low = 0;
    int high = heads.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareEntry(middle, type, stateKey) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns an entry of a list of state. */
  public Optional<EncodedEvent> entry(String type, String stateKey) {
    int index = indexFrom(type, stateKey);
    return index < heads.length && compareEntry(index, type, stateKey) == 0
        ? Optional.of(get(index))
        : Optional.empty();
  }

  /** Returns the entries of one type in a list of state. */
  public List<EncodedEvent> entries(String type) {
    return IntStream.range(indexFrom(type, ""), indexFrom(type + '\0', ""))
        .mapToObj(this::get)
        .toList();
  }

  /** Returns whether the list has an event with this id. */
  public boolean holds(EventId id) {
    for (EventHead head : heads) {
      if (id.equals(head.id())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the number of bytes of the list as it is at {@code now}. */
  public long length(Instant now) {
    return bytes.length(now);
  }

  /** Returns about how many bytes of memory this takes, for a cache's bound. */
  public int weight() {
    return Math.addExact(bytes.weight(), Math.multiplyExact(heads.length, WEIGHT_OF_EVENT));
  }

  /**
   * Writes the JSON list, every age being the milliseconds up to {@code now}, 0 if it has not come yet. May be called
   * by any number of threads; blocks only as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out, Instant now) throws IOException {
    bytes.writeTo(out, now, 0, bytes.size());
  }

  /** Returns the number of events, never content. */
  @Override
  public String toString() {
    return "EncodedEvents[" + heads.length + "]";
  }
}
