package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.redacted;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The form in which servers exchange events. */
class EventFormFederationTest {
  private static final String FOR_SERVERS = """
      ,"depth":3,"prev_events":[["$p:h",{}]],"auth_events":[],"hashes":{"sha256":"x"},"signatures":{"h":{}},\
      "origin":"h","custom":1,"age":7,"unsigned":{"age_ts":1,"other":2}""";

  @Test
  void encode_message_hasWhatServersNeed() {
    assertThat(encoded(stored(parse(message("{\"body\":\"b\"}", FOR_SERVERS)))))
        .isEqualTo(JsonTree.object("""
            {"type":"m.room.message","event_id":"$e:h","room_id":"!r:h","sender":"@alice:h","origin_server_ts":1,
             "content":{"body":"b"},"custom":1,"depth":3,"prev_events":[["$p:h",{}]],"auth_events":[],
             "hashes":{"sha256":"x"},"signatures":{"h":{}},"origin":"h","unsigned":{"other":2,"age":7}}"""));
  }

  @Test
  void encode_redactedMessage_keepsWhatServersNeedAndNoContent() {
    Map<String, @Nullable Object> json =
        encoded(redacted(parse(message("{\"body\":\"b\"}", FOR_SERVERS))));

    assertThat(json)
        .containsEntry("content", Map.of())
        .containsEntry("hashes", Map.of("sha256", "x"))
        .containsKeys("depth", "prev_events", "auth_events", "signatures", "unsigned")
        .doesNotContainKeys("custom", "age");
  }

  @Test
  void encode_otherForms_haveNothingOfIt() {
    for (EventForm form : EnumSet.complementOf(EnumSet.of(EventForm.FEDERATION))) {
      StoredEvent event = stored(parse(message("{}", FOR_SERVERS)));

      assertThat(JsonTree.object(EncodedEvent.of(form, event, Optional.empty()).json(NOW)))
          .doesNotContainKeys("depth", "prev_events", "auth_events", "hashes", "signatures");
    }
  }

  private static Map<String, @Nullable Object> encoded(StoredEvent event) {
    return JsonTree.object(
        EncodedEvent.of(EventForm.FEDERATION, event, Optional.empty()).json(NOW));
  }
}
