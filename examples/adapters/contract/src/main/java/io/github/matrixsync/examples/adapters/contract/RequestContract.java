package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BOBS_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BROKEN_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.FILTERS;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.get;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests and their answers: paths, parameters, methods, bodies, tokens and headers. */
abstract class RequestContract extends RunningAdapter {
  RequestContract(String name) {
    super(name);
  }

  @Test
  void path_encoded_reachesTheEdgeAsItCame() {
    Answer answer = askAsAlice("/events/%24a%2Fb%2Bc%3Aexample.org");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"" + ExampleHost.EVENT + "\"");
  }

  @Test
  void target_inAbsoluteForm_isThePathInIt() {
    Answer answer =
        ask(get(ALICES_TOKEN, "http://localhost" + V1 + "/events/%24a%2Fb%2Bc%3Aexample.org"));
    assertThat(answer.body()).contains("\"" + ExampleHost.EVENT + "\"");
    assertThat(ask(get(ALICES_TOKEN, "HTTP://localhost" + V1 + "/events?timeout=")))
        .hasToString("400 M_UNKNOWN");
  }

  @Test
  void parameter_repeated_isSeenTwice() {
    assertThat(askAsAlice("/initialSync?limit=1&limit=2")).hasToString("400 M_INVALID_PARAM");
    assertThat(askAsAlice("/events?timeout=0&timeout=600000").status()).isEqualTo(200);
  }

  @Test
  void parameter_empty_isSeen() {
    assertThat(askAsAlice("/events?timeout=0&from=").status()).isEqualTo(200);
    assertThat(askAsAlice("/events?timeout=")).hasToString("400 M_UNKNOWN");
    assertThat(askAsAlice("/initialSync?limit")).hasToString("400 M_INVALID_PARAM");
  }

  @Test
  void get_withABody_isAnsweredAndTheNextOneToo() {
    String get = request(
        "GET", V1 + "/events?timeout=0", "Authorization: Bearer " + ALICES_TOKEN + "\r\n", "null");
    try (HttpSocket client = connect()) {
      assertThat(client.send(get).read().body()).contains("\"chunk\":[]");
      assertThat(client.send(get(ALICES_TOKEN, V1 + "/initialSync")).read().body())
          .contains("rooms");
    }
  }

  @Test
  void post_filter_isTakenAndOneTooLargeRefused() {
    String token = HttpSocket.lines("Authorization: Bearer " + ALICES_TOKEN, "Connection: close");
    assertThat(ask(request("POST", FILTERS, token, "{\"room\":{}}")).body()).contains("filter_id");
    String large = "{\"a\":\"" + "x".repeat(ClientApi.MOST_BYTES) + "\"}";
    assertThat(ask(request("POST", FILTERS, token, large))).hasToString("413 M_TOO_LARGE");
  }

  @Test
  void post_thatExpectsAGoAhead_isToldToContinue() {
    String body = "{\"room\":{}}";
    String head = request(
        "POST",
        FILTERS,
        HttpSocket.lines(
            "Authorization: Bearer " + ALICES_TOKEN,
            "Expect: 100-continue",
            "Content-Length: " + body.length()),
        "");
    try (HttpSocket client = connect()) {
      assertThat(client.send(head).read()).hasToString("100");
      assertThat(client.send(body).read().body()).contains("filter_id");
    }
  }

  @Test
  void head_isRefusedWithoutABody() throws IOException {
    try (HttpSocket client = connect()) {
      Answer answer = client.send(request("HEAD", V1 + "/events", "", "")).readHead();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(client.send(get(ALICES_TOKEN, V1 + "/events?timeout=0")).read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void options_asABrowserAsks_areAnsweredWithoutAToken() {
    String preflight = HttpSocket.lines(
        "Origin: https://app.example",
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: Authorization");
    for (String headers : List.of("", preflight)) {
      Answer answer = ask(request("OPTIONS", V1 + "/events", headers, ""));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("access-control-allow-methods")).contains("GET");
      assertThat(answer.header("access-control-allow-headers")).contains("Authorization");
    }
  }

  @Test
  void path_notOurs_isNotFound() {
    assertThat(askAsAlice("/nothing")).hasToString("404 M_UNRECOGNIZED");
    assertThat(ask(get(ALICES_TOKEN, "/"))).hasToString("404 M_UNRECOGNIZED");
  }

  @Test
  void method_notOurs_isRefused() {
    String headers = "Authorization: Bearer " + ALICES_TOKEN + "\r\n";
    assertThat(ask(request("PUT", V1 + "/events", headers, "{}")))
        .hasToString("405 M_UNRECOGNIZED");
  }

  @Test
  void token_missingOrUnknown_isRefused() {
    assertThat(ask(request("GET", V1 + "/events", "", ""))).hasToString("401 M_MISSING_TOKEN");
    assertThat(ask(get("other", V1 + "/events"))).hasToString("401 M_UNKNOWN_TOKEN");
    String query = V1 + "/events?timeout=0&access_token=" + BOBS_TOKEN;
    assertThat(ask(request("GET", query, "", "")).status()).isEqualTo(200);
  }

  @Test
  void token_thatCannotBeChecked_isAnsweredWithAnError() {
    String query = V1 + "/events?timeout=0&access_token=" + BROKEN_TOKEN;
    assertThat(ask(request("GET", query, "", ""))).hasToString("500 M_UNKNOWN");
  }

  @Test
  void answer_toABrowser_hasItsHeadersOnceAndIsNotCompressed() {
    String headers = HttpSocket.lines(
        "Accept-Encoding: gzip, deflate, br",
        "Origin: https://app.example",
        "Authorization: Bearer " + ALICES_TOKEN);
    for (String path : List.of("/initialSync", "/events?from=bad", "/nothing")) {
      Answer answer = ask(request("GET", V1 + path, headers, ""));
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("content-type")).startsWith("application/json");
      assertThat(Integer.parseInt(answer.header("content-length"))).isPositive();
      assertThat(answer.headers()).doesNotContainKeys("content-encoding", "transfer-encoding");
    }
  }
}
