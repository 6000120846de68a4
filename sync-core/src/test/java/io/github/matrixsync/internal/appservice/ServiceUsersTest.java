package io.github.matrixsync.internal.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServiceUsersTest {
  private final ServiceUsers users = new ServiceUsers(new AppService(
      World.user("bot"),
      ServiceNamespaces.of(List.of(Pattern.compile("@irc_")), List.of(), List.of())));

  @Test
  void contains_sameUserAgain_isTheSame() {
    for (int i = 0; i < 2; i++) {
      assertThat(users.contains(World.user("bot"))).isTrue();
      assertThat(users.contains(World.user("irc_x"))).isTrue();
      assertThat(users.contains(World.user("x"))).isFalse();
    }
  }
}
