package io.github.matrixsync.homeserver.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Passwords of accounts. */
class AccountsTest {
  private static final UserId ALICE = UserId.parse("@alice:h");

  private final Accounts accounts = new Accounts("h", new Random(1));

  private void assertOnlyPassword(String password) {
    assertThatCode(() -> accounts.requirePassword(ALICE, password)).doesNotThrowAnyException();
    assertThatThrownBy(() -> accounts.requirePassword(ALICE, password + "x"))
        .isInstanceOf(ApiError.class)
        .hasMessage("Invalid username or password");
  }

  @Test
  void register_withAPassword_takesThatOneOnly() {
    accounts.register(ALICE, "secret");

    assertOnlyPassword("secret");
  }

  @Test
  void registerForTest_withAPassword_takesThatOneOnly() {
    accounts.registerForTest(ALICE, "known");

    assertOnlyPassword("known");
    accounts.deactivate(ALICE);
    assertThatThrownBy(() -> accounts.requirePassword(ALICE, "known")).isInstanceOf(ApiError.class);
  }

  @Test
  void registerGhost_hasNoPassword() {
    accounts.registerGhost(ALICE);

    assertThatThrownBy(() -> accounts.requirePassword(ALICE, "")).isInstanceOf(ApiError.class);
  }
}
