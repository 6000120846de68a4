package io.github.matrixsync.internal.encoding;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.builder;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedEventsTest {
  private static final StoredEvent PLAIN = stored(builder("m.plain").build());

  @ParameterizedTest
  @EnumSource(EventForm.class)
  void writeTo_anyEvents_writesTheListOfEach(EventForm form) throws IOException {
    List<StoredEvent> events = List.of(aged(7), PLAIN, redacted(3, 2_000), aged(123_456_789_012L));

    EncodedEvents encoded = encode(form, events);

    String each = events.stream()
        .map(event -> EncodedEvent.of(form, event, Optional.empty()).json(NOW).toString())
        .collect(Collectors.joining(",", "[", "]"));
    assertThat(written(encoded, NOW)).isEqualTo(each);
    assertThat(encoded.size()).isEqualTo(events.size());
  }

  @Test
  void writeTo_noEvents_writesAnEmptyList() throws IOException {
    assertThat(written(encode(EventForm.V1, List.of()), NOW)).isEqualTo("[]");
  }

  @Test
  void get_eventAmongOthers_isThatEventAlone() {
    List<StoredEvent> events = List.of(aged(7), redacted(3, 2_000), PLAIN);
    EncodedEvents encoded = encode(EventForm.V1, events);

    for (int i = 0; i < events.size(); i++) {
      EncodedEvent alone = EncodedEvent.of(EventForm.V1, events.get(i), Optional.empty());
      assertThat(encoded.get(i).json(NOW)).isEqualTo(alone.json(NOW));
      assertThat(encoded.get(i).content(NOW)).isEqualTo(alone.content(NOW));
      assertThat(encoded.get(i).length(NOW)).isEqualTo(alone.length(NOW));
      assertThat(encoded.get(i).id()).isEqualTo(alone.id());
    }
  }

  /** The length is right whether or not all ages have the same number of digits, also for events of the future. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 11, 99, 100, 999_999, 99_999_999, 100_000_000, 9_999_999_999L})
  void length_agesOfAnyDigits_isThatOfTheJson(long later) throws IOException {
    EncodedEvents encoded = encode(EventForm.V1, List.of(aged(0), aged(5), aged(-5)));
    EncodedEvents alike = encode(EventForm.V1, List.of(aged(5), aged(5)));
    Instant now = NOW.plusMillis(later);

    assertThat(encoded.length(now)).isEqualTo(written(encoded, now).length());
    assertThat(alike.length(now)).isEqualTo(written(alike, now).length());
  }

  @Test
  void of_replacedByAnother_isRefused() {
    assertThatThrownBy(() -> EncodedEvents.of(
            EventForm.V1,
            List.of(PLAIN),
            event -> Optional.of(stored(builder("m.x").build()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weight_anyEvents_isMoreThanTheirBytes() {
    EncodedEvents encoded = encode(EventForm.V1, List.of(aged(1), aged(2)));

    assertThat((long) encoded.weight()).isGreaterThan(encoded.length(NOW));
  }

  @Test
  void entries_ofAnAnswer_areOfItsMoment() throws IOException {
    EncodedEvents encoded = encode(EventForm.V1, List.of(aged(1), PLAIN));
    ClientEvents events = ClientEvents.of(encoded, NOW.plusMillis(10));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.writeTo(out);

    List<RawJson> each = new ArrayList<>();
    events.forEach(event -> each.add(event.json()));
    String whole = out.toString(StandardCharsets.UTF_8);
    assertThat(whole).contains("\"age\":11").isEqualTo("[" + each.get(0) + "," + each.get(1) + "]");
    assertThat(events.length()).isEqualTo(out.size());
    assertThat(events.get(0)).isSameAs(events.get(0));
    assertThat(ClientEvents.copyOf(events)).isSameAs(events);
    assertThat(ClientEvents.copyOf(new ArrayList<>(events))).isEqualTo(List.copyOf(events));
  }

  private static EncodedEvents encode(EventForm form, List<StoredEvent> events) {
    return EncodedEvents.of(form, events, event -> Optional.empty());
  }

  private static StoredEvent aged(long age) {
    return stored(builder("m.aged").ageSince(NOW.minusMillis(age)).build());
  }

  private static StoredEvent redacted(long age, long ageOfRedaction) {
    Redaction redaction = new Redaction(
        builder("m.room.redaction").ageSince(NOW.minusMillis(ageOfRedaction)).build(), false);
    return stored(builder("m.gone").ageSince(NOW.minusMillis(age)).build(), null, redaction);
  }

  private static String written(EncodedEvents encoded, Instant now) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoded.writeTo(out, now);
    return out.toString(StandardCharsets.UTF_8);
  }
}
