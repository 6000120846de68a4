package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks and copies of the edge's settings and values. */
class SettingsTest {
  private final RestEdge edge = new TestEdge().edge;

  @Test
  void limits_negativeOrAboveTheMost_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RestSettings.Limits(-1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new RestSettings.Limits(6, 5));
  }

  @Test
  void timeouts_negativeOrAboveTheMost_areRefused() {
    Duration second = Duration.ofSeconds(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestSettings.Timeouts(second.negated(), second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RestSettings.Timeouts(second.plusNanos(1), second));
  }

  @Test
  void request_changedAfterwards_isTheSame() {
    List<String> values = new ArrayList<>(List.of("1"));
    Map<String, List<String>> query = new HashMap<>(Map.of("limit", values));
    RestRequest request = new RestRequest("/events", query, TestEdge.ALICE);

    values.add("2");
    query.clear();

    assertThat(request.query()).isEqualTo(Map.of("limit", List.of("1")));
  }

  @Test
  void request_asText_doesNotShowTheQuery() {
    RestRequest request =
        new RestRequest("/events", Map.of("access_token", List.of("secret")), TestEdge.ALICE);

    assertThat(request.toString()).contains("/events", "@alice:h").doesNotContain("secret");
  }

  @Test
  void error_statusOfSuccess_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> edge.error(200, "M_UNKNOWN", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> edge.error(600, "M_UNKNOWN", ""));
  }

  @Test
  void error_anyText_isInTheBody() {
    String text = "\"quoted\" \\ \n \u0000 \u00e9 \ud83d\ude00 </script>";

    Reply reply = Reply.of(edge.error(401, "M_UNKNOWN_TOKEN", text));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo(Map.of("errcode", "M_UNKNOWN_TOKEN", "error", text));
  }
}
