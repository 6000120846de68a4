package io.github.matrixsync.store.tck.timeline;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link TimelineGaps} beside an event store that records them: the rules TG of the package
 * {@code io.github.matrixsync.store.timeline}.
 *
 * @param <S> the event store's type
 * @since 0.1.0
 */
public abstract class TimelineGapsTck<S extends AppendableEventStore> extends StoreTck<S> {
  private long start;

  /** For subclasses. */
  protected TimelineGapsTck() {}

  /** Returns a new, empty event store. Called before every test. */
  @Override
  protected abstract S open();

  /** Returns the gaps in the log of {@link #store()}. */
  protected abstract TimelineGaps gaps();

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  private List<Long> append(Append... batch) {
    return store().append(Arrays.asList(batch));
  }

  @Test
  void tg1_lastGap_everyRange_isTheLastInIt() {
    List<Long> at = append(
        Append.live(message("a")),
        Append.live(message("b")).afterGap(),
        Append.live(message("c")),
        Append.live(message("d")).afterGap(),
        Append.live(message("e")));

    assertThat(gap(start, at.get(0))).isEmpty();
    assertThat(gap(start, at.get(1))).contains(at.get(1));
    assertThat(gap(start, at.get(2))).contains(at.get(1));
    assertThat(gap(start, at.get(4))).contains(at.get(3));
    assertThat(gap(at.get(1), at.get(2))).isEmpty();
    assertThat(gap(at.get(2), at.get(3))).contains(at.get(3));
    assertThat(gap(at.get(3), at.get(4))).isEmpty();
  }

  @Test
  void tg1_lastGap_severalRooms_eachInItsOwnRange() {
    List<Long> at = append(
        Append.live(message("a")).afterGap(),
        Append.live(messageIn(OTHER_ROOM, ALICE, "b")).afterGap(),
        Append.live(message("c")));
    Range all = new Range(start, at.get(2));

    Map<RoomId, Long> gaps = gaps()
        .lastGap(Map.of(ROOM, new Range(at.get(0), at.get(2)), OTHER_ROOM, all, UNKNOWN_ROOM, all));

    assertThat(gaps).isEqualTo(Map.of(OTHER_ROOM, at.get(1)));
  }

  @Test
  void tg1_lastGap_knownEventAgain_isNoGap() {
    List<Long> at = append(Append.live(message("a")), Append.live(message("b")));
    append(Append.live(message("a")).afterGap());

    assertThat(gap(start, at.get(1))).isEmpty();
  }

  @Test
  void tg2_lastGap_backfilled_isWhereItWasOrGone() {
    List<Long> at = append(
        Append.live(message("a", 1)),
        Append.live(message("b", 9)).afterGap(),
        Append.live(message("c", 10)));
    store().append(Events.backfill(message("x", 7), message("y", 8)));

    assertThat(gap(start, at.get(2)).orElse(at.get(1))).isEqualTo(at.get(1));
    assertThat(gap(start, at.get(0))).isEmpty();
    assertThat(gap(at.get(1), at.get(2))).isEmpty();
  }

  private Optional<Long> gap(long after, long upTo) {
    Map<RoomId, Long> gaps = gaps().lastGap(Map.of(ROOM, new Range(after, upTo)));
    return Optional.ofNullable(gaps.get(ROOM));
  }
}
