package io.github.matrixsync.homeserver.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of registration files that are there or not. */
class RegistrationKeysTest {
  private final Map<String, Object> keys = new HashMap<>(
      Map.of("url", "http://h", "as_token", "a", "hs_token", "h", "sender_localpart", "bot"));

  @Test
  void of_noKeyForEphemeralData_asksForNone() {
    assertThat(RegistrationKeys.of(keys).receivesEphemeral()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"receive_ephemeral", "de.sorunome.msc2409.push_ephemeral"})
  void of_keyForEphemeralData_asksIfItIsTrue(String key) {
    keys.put(key, false);
    assertThat(RegistrationKeys.of(keys).receivesEphemeral()).isFalse();
    keys.put(key, true);
    assertThat(RegistrationKeys.of(keys).receivesEphemeral()).isTrue();
    keys.put(key, "yes");
    assertThatThrownBy(() -> RegistrationKeys.of(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + key + "' must be true or false, and is a string");
  }
}
