package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.redaction;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.json.Surrogates;
import io.github.matrixsync.internal.json.Utf8;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated events: parsing throws {@link InvalidEventException} only, and every event that can be parsed can be encoded.
 */
class RoomEventsFuzzTest {
  /** The seed of a failed run is in its message; {@code -Dfuzz.seed=...} runs it again. */
  private static final long SEED = Long.getLong("fuzz.seed", 20150918L);

  private static final int ROUNDS = 20_000;

  @Test
  void parse_mutatedEvents_throwsNothingElseAndWhatIsReadCanBeShown() {
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RawJson json = RawJson.of(MutatedEvents.next(random, "$e:h", "@alice:h"));
      try {
        read += showsIfRead(json, random.nextInt(RoomVersion.NEWEST_RULES + 1)) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + json, e);
      }
    }
    assertThat(read).as("seed %d: events that could be read", SEED).isBetween(ROUNDS / 10, ROUNDS);
  }

  /**
   * Parses and encodes an event, and returns whether it could be parsed.
   *
   * @param version the version of its room; 0: unknown
   */
  private static boolean showsIfRead(RawJson json, int version) {
    RoomEvent event;
    try {
      event = version == 0
          ? RoomEvents.parse(json, NOW)
          : RoomEvents.parse(json, RoomVersion.of("" + version), NOW);
    } catch (InvalidEventException expected) {
      assertThat(expected.getMessage()).hasSizeLessThan(300);
      return false;
    }
    StoredEvent plain = stored(event, event.id(), null);
    StoredEvent redacted = stored(
        event, event.id(), new Redaction(redaction("$x:h", event.id().value(), "{}"), false));
    StoredEvent redactedByItself = stored(event, null, new Redaction(event, false));
    EncodedEvent shown = EncodedEvent.of(EventForm.V1, plain, Optional.of(redacted));
    requireValid(shown);
    if (!event.type().equals("m.room.redaction")) {
      assertThat(json.toString()).contains(shown.content(NOW).toString());
    }
    requireValid(EncodedEvent.of(EventForm.V1, redacted, Optional.of(plain)));
    requireValid(EncodedEvent.of(EventForm.V1, redactedByItself, Optional.empty()));
    return true;
  }

  private static void requireValid(EncodedEvent event) {
    RawJson json = readable(event.json(NOW));
    assertThat(Utf8.invalidAt(json.toByteArray())).isEqualTo(-1);
    assertThat(JsonTree.keys(json))
        .doesNotHaveDuplicates()
        .doesNotContain("sender", "unsigned", "depth");
    assertThat(JsonTree.object(json))
        .containsEntry("content", JsonTree.read(readable(event.content(NOW))));
  }

  /** The parser of this test refuses a lone surrogate in a name, which the library copies. */
  private static RawJson readable(RawJson json) {
    return RawJson.of(Surrogates.masked(json.toByteArray(), 0, json.length()));
  }
}
