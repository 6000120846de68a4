package io.github.matrixsync.internal.encoding;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.builder;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedEventTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 9, 9",
    "0, 10, 10",
    "0, 1234567890123456789, 1234567890123456789",
    "5, 3, 0",
    "-9223372036854775808, 9223372036854775807, 9223372036854775807",
    "9223372036854775807, -9223372036854775808, 0",
    "-1, 9223372036854775807, 9223372036854775807",
    "-10, -3, 7",
  })
  void json_anyTwoInstants_ageIsTheirDistanceAndNeverNegative(
      long since, long now, String expected) {
    EncodedEvent event =
        encode(stored(builder("m.t").ageSince(Instant.ofEpochMilli(since)).build()));

    assertThat(JsonTree.object(event.json(Instant.ofEpochMilli(now))))
        .containsEntry("age", JsonTree.number(expected));
  }

  @Test
  void json_instantsBeyondLong_stayInRange() {
    EncodedEvent event = encode(stored(builder("m.t").ageSince(Instant.MIN).build()));

    assertThat(JsonTree.object(event.json(Instant.MAX))).containsEntry("age", Long.MAX_VALUE);
    assertThat(JsonTree.object(event.json(Instant.MIN))).containsEntry("age", 0L);
    assertThat(JsonTree.object(event.json(Instant.EPOCH))).containsEntry("age", Long.MAX_VALUE);
  }

  @Test
  void json_ageNestedInTheRedaction_bothCount() {
    RoomEvent redaction =
        builder("m.room.redaction").ageSince(NOW.minusMillis(5)).build();
    RoomEvent event = builder("m.t").ageSince(NOW.plusMillis(5)).build();

    EncodedEvent encoded = encode(stored(event, null, new Redaction(redaction, false)));

    Map<String, @Nullable Object> json = JsonTree.object(encoded.json(NOW));
    assertThat(json).containsEntry("age", 0L);
    assertThat(JsonTree.object(json, "redacted_because")).containsEntry("age", 5L);
  }

  @Test
  void writeTo_anyEvent_writesItsJson() throws IOException {
    EncodedEvent event = encode(stored(parse(message("{\"body\":\"\u20ac\"}", ",\"age\":17"))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    event.writeTo(out, NOW);

    assertThat(RawJson.of(out.toByteArray())).isEqualTo(event.json(NOW));
    assertThat(event.length(NOW)).isEqualTo(out.size());
  }

  @ParameterizedTest
  @CsvSource({"-5, 1", "0, 1", "9, 1", "10, 2", "999, 3", "1000, 4", "9223372036854775807, 19"})
  void length_anyAge_isThatOfTheJsonAtThatTime(long age, int digits) {
    Instant since = Instant.ofEpochMilli(0);
    EncodedEvent event = encode(stored(builder("m.t").ageSince(since).build()));

    Instant now = since.plusMillis(age);

    assertThat(event.length(now)).isEqualTo(event.json(now).length());
    assertThat(event.length(now) - event.length(since)).isEqualTo(digits - 1);
    assertThat(event.at(now).length()).isEqualTo(event.length(now));
  }

  @Test
  void writeTo_streamFails_throwsItsException() {
    EncodedEvent event = encode(stored(builder("m.t").build()));
    OutputStream broken = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("gone");
      }
    };

    assertThatThrownBy(() -> event.writeTo(broken, NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
  }

  @Test
  void weight_longerEvent_weighsMore() {
    EncodedEvent small = encode(stored(parse(message("{}", ""))));
    EncodedEvent large =
        encode(stored(parse(message("{\"body\":\"" + "x".repeat(1000) + "\"}", ""))));

    assertThat((long) small.weight()).isGreaterThan(small.length(NOW));
    assertThat((long) large.weight() - small.weight())
        .isEqualTo(large.length(NOW) - small.length(NOW));
  }

  @Test
  void weight_longerType_weighsMoreByItsNameHereAndInTheJson() {
    int less = encode(stored(builder("m.t").build())).weight();

    assertThat(encode(stored(builder("m.t" + "x".repeat(50)).build())).weight() - less)
        .isEqualTo(100);
  }

  @Test
  void toString_anyEvent_showsNoContent() {
    EncodedEvent event = encode(stored(parse(message("{\"body\":\"secret\"}", ""))));

    assertThat(event).hasToString("EncodedEvent[m.room.message $e:h in !r:h]");
  }
}
