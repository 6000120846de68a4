package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.Redactions;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.Optional;

/** Writes one room event as JSON in one of the forms. Confined to one thread. */
final class EventWriter {
  private static final int ROOM_FOR_COMPUTED = 256;

  private final EventForm form;
  private final RoomEvent event;
  private final ClientFields fields;
  private final ClientFields original;
  private final JsonWriter<Instant> out;

  private EventWriter(EventForm form, RoomEvent event, boolean redacted, JsonWriter<Instant> out) {
    this.form = form;
    this.event = redacted ? Redactions.prune(event) : event;
    this.fields = ClientFields.of(this.event);
    this.original = redacted && form.hasServerFields() ? ClientFields.of(event) : this.fields;
    this.out = out;
  }

  static EncodedEvent encode(EventForm form, StoredEvent stored, Optional<StoredEvent> replaced) {
    requireReplaced(stored, replaced);
    JsonWriter<Instant> out = new JsonWriter<>(roomFor(stored));
    EventSpan span = write(form, stored, replaced, out);
    return new EncodedEvent(EventHead.of(stored.event()), new AgedBytes(out), span);
  }

  /** Checks that {@code replaced}, if present, is the event that {@code event} replaced. */
  static void requireReplaced(StoredEvent event, Optional<StoredEvent> replaced) {
    if (replaced.isPresent()
        && !event.replaces().equals(replaced.map(r -> r.event().id()))) {
      throw new IllegalArgumentException(event.event() + " replaces " + event.replaces() + ", got "
          + replaced.get().event());
    }
  }

  /** Returns about how many bytes an event takes, rather more than less. */
  static int roomFor(StoredEvent stored) {
    return stored.event().json().length() + ROOM_FOR_COMPUTED;
  }

  /** Appends an event, and returns its offsets. */
  static EventSpan write(
      EventForm form, StoredEvent stored, Optional<StoredEvent> replaced, JsonWriter<Instant> out) {
    EventWriter writer =
        new EventWriter(form, stored.event(), stored.redaction().isPresent(), out);
    int from = out.length();
    writer.writeHead();
    int contentFrom = out.length();
    writer.fields.writeContent(out);
    int contentTo = out.length();
    writer.writeRest();
    stored.replaces().ifPresent(writer::writeReplaces);
    replaced.ifPresent(writer::writePrevContent);
    stored.redaction().ifPresent(writer::writeRedaction);
    writer.writeEnd();
    return new EventSpan(from, contentFrom, contentTo, out.length());
  }

  /** Writes the event from its opening brace to the key of its content. */
  private void writeHead() {
    out.open();
    out.key("type").text(event.type());
    out.key("event_id").text(event.id().value());
    if (form.hasRoomId()) {
      out.key("room_id").text(event.room().value());
    }
    if (form.hasSender()) {
      out.key("sender").text(event.sender().value());
    }
    if (form.hasUserId()) {
      out.key("user_id").text(event.sender().value());
    }
    event.stateKey().ifPresent(stateKey -> out.key("state_key").text(stateKey));
    out.key("origin_server_ts").number(event.originServerTs());
    out.key("content");
  }

  /**
   * Writes the members after the content that do not come from other events, and leaves the object of computed members
   * open.
   */
  private void writeRest() {
    fields.writeRest(out);
    if (form.hasServerFields()) {
      original.writeForServers(out);
    }
    if (form.hasUnsigned()) {
      out.key("unsigned").open();
      fields.writeUnsigned(out);
    } else {
      fields.writeInviteRoomState(out);
    }
    event.ageSince().ifPresent(since -> out.key("age").gap(since));
  }

  private void writeEnd() {
    if (form.hasUnsigned()) {
      out.close();
    }
    out.close();
  }

  private void writeReplaces(EventId id) {
    out.key("replaces_state").text(id.value());
  }

  private void writePrevContent(StoredEvent replaced) {
    out.key("prev_content");
    RoomEvent old = replaced.event();
    boolean redacted = replaced.redaction().isPresent();
    ClientFields.of(redacted ? Redactions.prune(old) : old).writeContent(out);
  }

  private void writeRedaction(Redaction redaction) {
    out.key("redacted_because");
    EventWriter nested = new EventWriter(form, redaction.event(), redaction.redacted(), out);
    nested.writeHead();
    nested.fields.writeContent(out);
    nested.writeRest();
    nested.writeEnd();
  }
}
