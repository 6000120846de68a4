package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int CHUNK = 64;
  private static final RoomEvent EVENT =
      new World(MemoryEventStore.create()).message(World.room("r"), World.user("a"));

  @Test
  void append_moreThanTheArrayHolds_keepsAllInOrder() {
    Window window = new Window(0, 1_000, Long.MAX_VALUE);

    for (long position = 1; position <= 200; position++) {
      assertThat(window.append(List.of(entry(position)))).isEmpty();
    }
    window.append(entries(201, 400));

    assertHolds(window, 0, 400);
  }

  @Test
  void append_moreEventsThanAllowed_dropsTheOldest() {
    Window window = new Window(0, 3, Long.MAX_VALUE);

    window.append(entries(1, 3));
    assertThat(positions(window.append(entries(4, 5)))).containsExactly(1L, 2L);
    assertHolds(window, 2, 5);
    for (long position = 6; position <= 300; position++) {
      assertThat(positions(window.append(List.of(entry(position))))).containsExactly(position - 3);
    }

    assertHolds(window, 297, 300);
  }

  @Test
  void append_moreBytesThanAllowed_dropsTheOldest() {
    long size = EVENT.json().length();
    Window window = new Window(0, 1_000, 3 * size);

    assertThat(window.append(entries(1, 3))).isEmpty();
    assertThat(positions(window.append(entries(4, 4)))).containsExactly(1L);
    assertHolds(window, 1, 4);
    assertThat(positions(new Window(0, 9, size - 1).append(entries(1, 1)))).containsExactly(1L);
  }

  @Test
  void append_steadyTrafficThatIsEncoded_holdsNoMoreThanTheBoundAndOneChunk() {
    long size = EVENT.json().length();
    long bound = 1_000 * size;
    Window window = new Window(0, 100_000, bound);

    for (long position = 1; position <= 20_000; position++) {
      window.append(List.of(entry(position)));
      encodeLast(window);
      assertThat(window.bytes()).isLessThanOrEqualTo(bound);
    }

    long held = Reachable.bytes(window);
    assertThat(held).isBetween(bound / 2, bound + CHUNK * size);
    assertThat(window.bytes()).isBetween(held - CHUNK * size, held);
  }

  @Test
  void append_pagesOfEveryLength_holdsNoMoreThanTheBoundAndOneChunk() {
    long size = EVENT.json().length();
    Window window = new Window(0, 100_000, 100 * size);

    long position = 0;
    for (int length = 1; length <= 300; length++) {
      window.append(entries(position + 1, position + length));
      position += length;
      assertThat(Reachable.bytes(window)).isLessThanOrEqualTo((100 + CHUNK) * size);
      assertHolds(window, Math.max(0, position - 100), position);
    }
  }

  @Test
  void append_moreEventsThanAllowed_holdsNoMoreThanThoseAndOneChunk() {
    long size = EVENT.json().length();
    Window window = new Window(0, 10, Long.MAX_VALUE);

    for (long position = 1; position <= 1_000; position++) {
      window.append(List.of(entry(position)));
      assertThat(Reachable.bytes(window)).isLessThanOrEqualTo((10 + CHUNK) * size);
    }
    assertThat(window.bytes()).isEqualTo(10 * size);
  }

  @Test
  void append_oneEventBeyondTheBound_holdsNothing() {
    Window window = new Window(0, 10, EVENT.json().length() - 1);

    window.append(entries(1, 1));

    assertThat(Reachable.bytes(window)).isZero();
    assertThat(window.bytes()).isZero();
    assertHolds(window, 1, 1);
  }

  /** The newest events are read most often. */
  @Test
  void encoded_windowIsFull_isKeptOfTheEventsThatComeNext() {
    long size = EVENT.json().length();
    Window window = new Window(0, 100_000, 100 * size);
    window.append(entries(1, 100));

    assertThat(isKept(encodeLast(window), window)).isFalse();
    assertThat(positions(window.append(entries(101, 101)))).hasSize(14);
    assertThat(isKept(encodeLast(window), window)).isTrue();
    assertThat(window.append(entries(102, 102))).isEmpty();
    assertThat(isKept(encodeLast(window), window)).isTrue();
  }

  @Test
  void encoded_entryIsDroppedReplacedOrInNoWindow_keepsNothing() {
    Window window = new Window(0, 2, Long.MAX_VALUE);
    List<WindowEntry> three = entries(1, 3);
    WindowEntry replacement = entry(2);

    assertThat(isKept(three.get(0).encoded(EventForm.V1), three.get(0))).isFalse();
    window.append(three.subList(0, 2));
    three.forEach(entry -> entry.encoded(EventForm.V1));
    assertThat(window.bytes()).isGreaterThan(2L * EVENT.json().length());
    window.append(three.subList(2, 3));
    window.replace(entry -> entry.position() == 2 ? replacement : entry);

    assertThat(window.bytes()).isEqualTo(2L * EVENT.json().length());
    assertThat(isKept(three.get(0).encoded(EventForm.V1), three.get(0))).isFalse();
    assertThat(isKept(three.get(1).encoded(EventForm.V1), three.get(1))).isFalse();
    assertThat(isKept(replacement.encoded(EventForm.V1), replacement)).isTrue();
    window.restart(9);
    assertThat(window.bytes()).isZero();
    assertThat(isKept(replacement.encoded(EventForm.V1), replacement)).isFalse();
  }

  @Test
  void encoded_inEachForm_isCounted() {
    Window window = new Window(0, 9, Long.MAX_VALUE);
    WindowEntry only = entry(1);
    window.append(List.of(only));

    long weight = 0;
    for (EventForm form : EventForm.values()) {
      weight += only.encoded(form).weight();
      assertThat(only.encoded(form)).isSameAs(only.encoded(form));
      assertThat(window.bytes()).isEqualTo(EVENT.json().length() + weight);
    }
    assertThat(Reachable.bytes(window)).isEqualTo(window.bytes());
  }

  /** An entry also references the event that it replaced, and the redactions of both. */
  @Test
  void bytes_ofAnEntry_countAllItsJson() {
    Optional<Redaction> redaction = Optional.of(new Redaction(EVENT, false));
    StoredEvent redacted = StoredEvents.live(EVENT, 1).withRedaction(redaction);
    Window window = new Window(0, 9, Long.MAX_VALUE);

    window.append(List.of(new WindowEntry(redacted, Optional.of(redacted))));

    assertThat(window.bytes()).isEqualTo(4L * EVENT.json().length());
  }

  @Test
  void append_nothing_dropsWhatReplacementsMadeTooMuch() {
    long size = EVENT.json().length();
    Window window = new Window(0, 9, 3 * size);
    window.append(entries(1, 3));
    Optional<Redaction> redaction = Optional.of(new Redaction(EVENT, false));

    window.replace(
        entry -> new WindowEntry(entry.stored().withRedaction(redaction), Optional.empty()));

    assertThat(positions(window.append(List.of()))).containsExactly(1L, 2L);
    assertThat(window.bytes()).isEqualTo(2 * size);
  }

  @Test
  void view_taken_staysAsItWas() {
    Window window = new Window(0, 3, Long.MAX_VALUE);
    window.append(entries(1, 3));
    Window.View view = window.view();

    window.append(entries(4, 100));

    assertThat(view.size()).isEqualTo(3);
    assertThat(view.entry(view.first()).position()).isEqualTo(1);
    assertThat(view.after()).isZero();
  }

  @Test
  void view_takenBeforeReplacementsAndAppends_staysAsItWas() {
    Window window = new Window(0, 150, Long.MAX_VALUE);
    window.append(entries(1, 150));
    Window.View view = window.view();
    List<WindowEntry> before = all(view);

    window.replace(entry -> entry.position() % 70 == 0 ? entry(entry.position()) : entry);
    List<WindowEntry> replaced = all(window.view());
    window.append(entries(151, 170));
    window.append(entries(171, 400));

    assertThat(all(view)).usingElementComparator(WindowTest::sameOnly).isEqualTo(before);
    assertThat(IntStream.range(0, 150).filter(i -> before.get(i) != replaced.get(i)))
        .containsExactly(69, 139);
    assertHolds(window, 250, 400);
  }

  @Test
  void replace_thenRestart_beginsAnew() {
    Window window = new Window(0, 9, Long.MAX_VALUE);
    window.append(entries(1, 3));

    WindowEntry redacted = entry(2);
    window.replace(entry -> entry.position() == 2 ? redacted : entry);
    assertThat(window.view().entry(window.view().indexAfter(1))).isSameAs(redacted);
    assertHolds(window, 0, 3);
    window.restart(7);

    assertThat(window.bytes()).isZero();
    assertHolds(window, 7, 7);
    window.append(entries(8, 9));
    assertHolds(window, 7, 9);
  }

  /** Otherwise an answer could show one event as before a redaction, and another as after it. */
  @Test
  void replace_whileAViewIsRead_leavesTheView() {
    Window window = new Window(0, 8, Long.MAX_VALUE);
    window.append(entries(1, 3));
    Window.View view = window.view();
    WindowEntry before = view.entry(view.indexAfter(1));

    window.replace(entry -> entry(entry.position()));

    assertThat(view.entry(view.indexAfter(1))).isSameAs(before);
    assertThat(window.view().entry(window.view().indexAfter(1))).isNotSameAs(before);
    assertHolds(window, 0, 3);
  }

  private static int sameOnly(WindowEntry one, WindowEntry other) {
    return one == other ? 0 : 1;
  }

  private static List<WindowEntry> all(Window.View view) {
    return IntStream.range(view.first(), view.end()).mapToObj(view::entry).toList();
  }

  private static EncodedEvent encodeLast(Window window) {
    Window.View view = window.view();
    return view.entry(view.end() - 1).encoded(EventForm.V1);
  }

  private static boolean isKept(EncodedEvent encoded, Window window) {
    Window.View view = window.view();
    return isKept(encoded, view.entry(view.end() - 1));
  }

  private static boolean isKept(EncodedEvent encoded, WindowEntry entry) {
    return entry.encoded(EventForm.V1) == encoded;
  }

  private static void assertHolds(Window window, long after, long upTo) {
    Window.View view = window.view();
    assertThat(window.after()).isEqualTo(after);
    assertThat(view.size()).isEqualTo((int) (upTo - after));
    for (long position = after; position <= upTo; position++) {
      int index = view.indexAfter(position);
      assertThat(index).isEqualTo(view.first() + (int) (position - after));
      if (position < upTo) {
        assertThat(view.entry(index).position()).isEqualTo(position + 1);
      }
    }
  }

  private static List<Long> positions(List<WindowEntry> entries) {
    return entries.stream().map(WindowEntry::position).toList();
  }

  private static List<WindowEntry> entries(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(WindowTest::entry).toList();
  }

  private static WindowEntry entry(long position) {
    return new WindowEntry(StoredEvents.live(EVENT, position), Optional.empty());
  }
}
