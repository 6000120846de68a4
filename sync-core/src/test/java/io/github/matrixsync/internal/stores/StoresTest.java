package io.github.matrixsync.internal.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void roles_given_areTheHostsOwn() {
    Stores roles = all(Set.of());

    assertThat(roles.events()).isSameAs(host.events);
    assertThat(roles.presence()).isSameAs(host.presence);
    assertThat(roles.typing()).isSameAs(host.typing);
    assertThat(roles.receipts()).isSameAs(host.receipts);
    assertThat(roles.accountData()).isSameAs(host.accountData);
    assertThat(roles.settings()).isSameAs(host.settings);
    assertThat(EphemeralStream.values()).allMatch(roles::has);
  }

  @Test
  void roles_switchedOff_areEmptyAndKeepTheirPart() {
    host.online(Host.ALICE);
    Stores roles = all(Set.of(EphemeralStream.PRESENCE, EphemeralStream.ACCOUNT_DATA));

    assertThat(roles.has(EphemeralStream.PRESENCE)).isFalse();
    assertThat(roles.has(EphemeralStream.TYPING)).isTrue();
    assertEmpty(roles.presence(), Host.ALICE);
    assertThat(roles.parts()).isEqualTo(5);
    assertThat(roles.heard(StreamToken.parse("s9_8_7_6_5")))
        .isEqualTo(StreamToken.parse("s9_0_7_6_0"));
    assertThat(roles.heard(StreamToken.parse("s9_8_7"))).isEqualTo(StreamToken.parse("s9_0_7"));
  }

  @Test
  void roles_notGiven_areEmpty() {
    Stores roles = new Stores(only(null, null));

    assertEmpty(roles.presence(), Host.ALICE);
    assertEmpty(roles.typing(), Host.ROOM);
    assertEmpty(roles.receipts(), Host.ROOM);
    assertEmpty(roles.accountData(), Host.ALICE);
    assertThat(roles.typing().nextDeadline()).isEmpty();
    assertThatCode(() -> roles.typing().expire(World.NOW)).doesNotThrowAnyException();
    assertThat(EphemeralStream.values()).noneMatch(roles::has);
  }

  @Test
  void directoryAndSettings_notGiven_arePrivateAndNone() {
    Stores roles = new Stores(only(null, null));

    assertThat(roles.hasDirectory()).isFalse();
    assertThat(roles.directory().published(Set.of(Host.ROOM))).isEmpty();
    assertThat(roles.directory().aliases(Set.of(Host.ROOM))).isEmpty();
    assertThat(roles.hasSettings()).isFalse();
    assertThat(roles.settings().ignored(Host.ALICE)).isEmpty();
    assertThat(roles.settings().forgotten(Host.ALICE)).isEmpty();
    assertThat(roles.settings().presenceList(Host.ALICE)).isEmpty();
    assertThat(roles.settings().erased(Set.of(Host.ALICE))).isEmpty();
    assertThatCode(() -> roles.settings().onChange(user -> {}).close()).doesNotThrowAnyException();
  }

  @Test
  void parts_byTheLastStreamThatIsThere_areThreeFourOrFive() {
    assertThat(new Stores(only(null, null)).parts()).isEqualTo(3);
    assertThat(new Stores(only(host, null)).parts()).isEqualTo(4);
    assertThat(new Stores(only(null, host)).parts()).isEqualTo(5);
  }

  private Stores all(Set<EphemeralStream> off) {
    return new Stores(new HostStores(
        host.events,
        host.presence,
        host.typing,
        host.receipts,
        host.accountData,
        null,
        host.settings,
        off));
  }

  private HostStores only(@Nullable Host receipts, @Nullable Host accountData) {
    return new HostStores(
        host.events,
        null,
        null,
        receipts == null ? null : receipts.receipts,
        accountData == null ? null : accountData.accountData,
        null,
        null,
        Set.of());
  }

  private static <K> void assertEmpty(CoalescingStream<K, ?> absent, K key) {
    assertThat(absent.watermark()).isZero();
    assertThat(absent.refresh()).isZero();
    assertThat(absent.retainedAfter()).isZero();
    assertThat(absent.changes(0, 0, 9)).isEmpty();
    assertThat(absent.current(List.of(key))).isEmpty();
    assertThatCode(() -> absent.onAdvance(() -> {}).close()).doesNotThrowAnyException();
  }
}
