package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /user/{userId}/filter} and {@code GET /user/{userId}/filter/{filterId}}. */
class FilterEndpointsTest {
  private static final String FILTERS = "/user/@alice:h/filter";

  private final TestEdge edge = new TestEdge();

  @Test
  void post_filter_isReadBack() {
    Reply posted = edge.post(FILTERS, "{\"room\":{\"timeline\":{\"limit\":3}},\"x\":1}");

    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.body()).containsOnlyKeys("filter_id");
    Reply got = edge.getR0(FILTERS + "/" + posted.body().get("filter_id"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body())
        .isEqualTo(Map.of("room", Map.of("timeline", Map.of("limit", 3L)), "x", 1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|400|M_NOT_JSON",
        "{|400|M_NOT_JSON",
        "nope|400|M_NOT_JSON",
        "{}{}|400|M_NOT_JSON",
        "[]|400|M_BAD_JSON",
        "null|400|M_BAD_JSON",
        "\"{}\"|400|M_BAD_JSON",
        "{\"room\":[]}|400|M_BAD_JSON",
        "{\"room\":{\"timeline\":{\"limit\":-1}}}|400|M_BAD_JSON",
        "{\"room\":{\"state\":{\"lazy_load_members\":\"true\"}}}|400|M_BAD_JSON",
        "{\"presence\":{\"senders\":[\"alice\"]}}|400|M_BAD_JSON"
      })
  void post_noFilter_isRefused(String body, int status, String errcode) {
    Reply reply = edge.post(FILTERS, body == null ? "" : body);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
  }

  @Test
  void post_tooLarge_is413() {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      noise.append(Integer.toString(i * 7919 % 46_656, 36));
    }
    for (String body : new String[] {"{" + " ".repeat(70_000) + "}", "{\"x\":\"" + noise + "\"}"}) {
      Reply reply = edge.post(FILTERS, body);

      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.errcode()).isEqualTo("M_TOO_LARGE");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "@bob:h, 403, M_FORBIDDEN",
    "@ALICE:h, 403, M_FORBIDDEN",
    "alice, 400, M_INVALID_PARAM",
    "%, 400, M_UNKNOWN"
  })
  void requests_ofAnotherUser_areRefused(String user, int status, String errcode) {
    Reply posted = edge.post("/user/" + user + "/filter", "{}");
    Reply got = edge.getR0("/user/" + user + "/filter/x");

    assertThat(posted.status()).isEqualTo(status);
    assertThat(posted.errcode()).isEqualTo(errcode);
    assertThat(got).isEqualTo(posted);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 404, M_NOT_FOUND",
    "'', 404, M_NOT_FOUND",
    "%7B%7D, 404, M_NOT_FOUND",
    "%zz, 400, M_UNKNOWN"
  })
  void get_unknownId_isRefused(String id, int status, String errcode) {
    Reply reply = edge.getR0(FILTERS + "/" + id);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
  }

  /** The id of 200,000 blanks in braces, deflated. */
  @Test
  void get_idOfTooMuch_is400() {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(("{" + " ".repeat(200_000) + "}").getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    byte[] deflated = new byte[3_000];
    int length = deflater.deflate(deflated);
    deflater.end();

    Reply reply = edge.getR0(FILTERS + "/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(deflated, length)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
  }

  @Test
  void requests_withTheWrongMethodOrForm_areNoneOfTheEdge() {
    RestRequest v1 = new RestRequest(FILTERS, Map.of(), TestEdge.ALICE);
    RestRequest r0 = new RestRequest(FILTERS, Map.of(), TestEdge.ALICE, EventForm.R0);
    RestRequest sync = new RestRequest("/joined_rooms", Map.of(), TestEdge.ALICE, EventForm.R0);

    assertThat(edge.edge.post(v1, RawJson.of("{}"))).isEmpty();
    assertThat(edge.edge.get(r0)).isEmpty();
    assertThat(edge.edge.post(sync, RawJson.of("{}"))).isEmpty();
    assertThat(edge.edge.get(sync)).isPresent();
  }
}
