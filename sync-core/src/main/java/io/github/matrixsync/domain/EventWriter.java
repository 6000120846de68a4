package io.github.matrixsync.domain;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import java.util.Optional;

/** Writes one room event in the form of {@link EventForm#V1}. Confined. */
final class V1Event {
  private static final int ROOM_FOR_COMPUTED = 256;

  private final RoomEvent event;
  private final HostFields fields;
  private final EventBuffer out;

  private V1Event(RoomEvent event, boolean pruned, EventBuffer out) {
    this.event = event;
    this.fields = HostFields.of(event, pruned);
    this.out = out;
  }

  static EncodedEvent encode(StoredEvent stored, Optional<StoredEvent> replaced) {
    RoomEvent event = stored.event();
    EventBuffer out = new EventBuffer(event.json().length() + ROOM_FOR_COMPUTED);
    V1Event writer = new V1Event(event, stored.redaction().isPresent(), out);
    writer.writeHead();
    int contentFrom = out.length();
    writer.fields.writeContent(out);
    int contentTo = out.length();
    writer.writeRest();
    stored.replaces().ifPresent(writer::writeReplaces);
    replaced.ifPresent(writer::writePrevContent);
    stored.redaction().ifPresent(writer::writeRedaction);
    out.close();
    return new EncodedEvent(EventHead.of(event), out, contentFrom, contentTo);
  }

  /** Writes the event from its opening brace to the key of its content. */
  private void writeHead() {
    out.open();
    out.key("type").text(event.type());
    out.key("event_id").text(event.id().value());
    out.key("room_id").text(event.room().value());
    out.key("user_id").text(event.sender().value());
    event.stateKey().ifPresent(stateKey -> out.key("state_key").text(stateKey));
    out.key("origin_server_ts").number(event.originServerTs());
    out.key("content");
  }

  /** Writes what follows the content and does not come from other events. */
  private void writeRest() {
    fields.writeRest(out);
    event.ageSince().ifPresent(since -> out.key("age").age(since));
  }

  private void writeReplaces(EventId id) {
    out.key("replaces_state").text(id.value());
  }

  private void writePrevContent(StoredEvent replaced) {
    out.key("prev_content");
    HostFields.of(replaced.event(), replaced.redaction().isPresent()).writeContent(out);
  }

  private void writeRedaction(Redaction redaction) {
    out.key("redacted_because");
    V1Event nested = new V1Event(redaction.event(), redaction.redacted(), out);
    nested.writeHead();
    nested.fields.writeContent(out);
    nested.writeRest();
    out.close();
  }
}
