package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderSettingsTest {
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ReaderSettings read = new ReaderSettings(Set.of(BOB), Set.of(CAROL), World.NOW);

  @Test
  void isFresh_readAWhileAgo_untilASignalMayBeLost() {
    assertThat(read.isFresh(World.NOW, LONGEST)).isTrue();
    assertThat(read.isFresh(World.NOW.plus(LONGEST), LONGEST)).isTrue();
    assertThat(read.isFresh(World.NOW.plus(LONGEST).plusMillis(1), LONGEST)).isFalse();
  }

  @Test
  void isFresh_neverRead_isNot() {
    assertThat(ReaderSettings.UNREAD.isRead()).isFalse();
    assertThat(ReaderSettings.UNREAD.isFresh(World.NOW, LONGEST)).isFalse();
  }

  /** Looks go on with the settings that were read before. */
  @Test
  void outdated_changeSignalled_isTheSameToBeReadAgain() {
    ReaderSettings outdated = read.outdated();

    assertThat(outdated.isRead()).isFalse();
    assertThat(outdated.isFresh(World.NOW, LONGEST)).isFalse();
    assertThat(outdated.ignored()).containsExactly(BOB);
    assertThat(outdated.presenceList()).containsExactly(CAROL);
  }
}
