package io.github.matrixsync.internal.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AppServiceTest {
  private static final UserId SENDER = World.user("bot");

  private final AppService service = new AppService(
      SENDER, ServiceNamespaces.of(List.of(Pattern.compile("@irc_.*")), List.of(), List.of()));

  @Test
  void owns_senderAndNamespace_andNobodyElse() {
    assertThat(service.owns(SENDER)).isTrue();
    assertThat(service.owns(World.user("irc_x"))).isTrue();
    assertThat(service.owns(World.user("x"))).isFalse();
  }
}
