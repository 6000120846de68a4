package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
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
  void restartAndReplace_areEdits() {
    Window window = new Window(0, 9, Long.MAX_VALUE);
    window.append(entries(1, 3));
    int before = window.edits();

    Entry redacted = entry(2);
    window.replace(entry -> entry.position() == 2 ? redacted : entry);
    assertThat(window.edits()).isEqualTo(before + 1);
    assertThat(window.view().entry(window.view().indexAfter(1))).isSameAs(redacted);
    assertHolds(window, 0, 3);
    window.restart(7);

    assertThat(window.edits()).isEqualTo(before + 2);
    assertThat(window.bytes()).isZero();
    assertHolds(window, 7, 7);
    window.append(entries(8, 9));
    assertHolds(window, 7, 9);
  }

  /** Else an answer could show one event as it was before a redaction, and another as it was after. */
  @Test
  void replace_whileAViewIsRead_leavesTheView() {
    Window window = new Window(0, 8, Long.MAX_VALUE);
    window.append(entries(1, 3));
    Window.View view = window.view();
    Entry before = view.entry(view.indexAfter(1));

    window.replace(entry -> entry(entry.position()));

    assertThat(view.entry(view.indexAfter(1))).isSameAs(before);
    assertThat(window.view().entry(window.view().indexAfter(1))).isNotSameAs(before);
    assertHolds(window, 0, 3);
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

  private static List<Long> positions(List<Entry> entries) {
    return entries.stream().map(Entry::position).toList();
  }

  private static List<Entry> entries(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(WindowTest::entry).toList();
  }

  private static Entry entry(long position) {
    return new Entry(StoredEvents.live(EVENT, position), Optional.empty());
  }
}
