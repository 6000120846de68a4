package io.github.matrixsync.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.FakeConnection.Sent;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which paths a service is asked, and with what. */
class ServiceClientTest {
  private static final String NEW = "/_matrix/app/v1/transactions/1";
  private static final String OLD = "/transactions/1";
  private static final String QUERY = "/_matrix/app/v1/users/%40irc_a%3Ah";
  private static final String OLD_QUERY = "/users/%40irc_a%3Ah";

  private final FakeConnection connection = new FakeConnection();
  private final ServiceClient client = connection.client();

  @Test
  void push_bridgeOfToday_getsTheTokenInHeaderAndQuery() {
    connection.answers(200, "{}");

    assertThat(push()).isCompleted();
    assertThat(connection.sent)
        .containsExactly(new Sent(
            "PUT",
            "http://bridge/_matrix/app/v1/transactions/1?access_token=hs%2Firc",
            Map.of("Authorization", "Bearer hs/irc", "Content-Type", "application/json"),
            "{\"events\":[]}"));
  }

  @Test
  void ping_transactionId_isInTheBody() {
    connection.answers(404, "none");

    assertThat(client.ping(Optional.of("t1"))).isCompleted();
    assertThat(connection.sent.get(0).body()).isEqualTo("{\"transaction_id\":\"t1\"}");
    assertThat(connection.paths()).containsExactly("/_matrix/app/v1/ping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|404 page not found",
        "404|''",
        "405|<html>",
        "404|[]",
        "404|{\"errcode\":\"M_UNRECOGNIZED\"}",
        "405|{\"errcode\":\"M_UNRECOGNIZED\"}"
      })
  void push_newPathIsUnknown_goesToTheOldOneAndStaysThere(int status, String body) {
    connection.answers(status, body).answers(200, "{}").answers(200, "{}");

    assertThat(push()).isCompleted();
    assertThat(connection.paths()).containsExactly(NEW, OLD);
    assertThat(push()).isCompleted();
    assertThat(connection.paths()).containsExactly(OLD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|{}",
        "404|{\"errcode\":\"M_NOT_FOUND\"}",
        "404|{\"errcode\":\"NET.X_USER_NOT_FOUND\"}",
        "401|''",
        "403|{\"errcode\":\"M_UNRECOGNIZED\"}",
        "500|''",
        "308|''",
        "200|{\"errcode\":\"M_X\"}"
      })
  void query_newPathAnswersOtherwise_asksAtNoOther(int status, String body) {
    connection.answers(status, body).answers(200, "{}");

    assertThat(client.queryUser("@irc_a:h")).isCompletedExceptionally();
    assertThat(connection.paths()).containsExactly(QUERY);
    assertThat(push()).isCompleted();
    assertThat(connection.paths()).containsExactly(NEW);
  }

  @Test
  void push_requestThatCannotBeSent_fails() {
    ServiceConnection broken = (method, url, headers, body) -> {
      throw new IllegalArgumentException("a header with a line break");
    };

    assertThat(ServiceClient.of(List.of(FakeConnection.IRC), broken)
            .get(0)
            .push("1", RawJson.of("{}")))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withMessageEndingWith("no answer, IllegalArgumentException");
  }

  @Test
  void query_noBody_hasNoType() {
    connection.answers(200, "{}");

    assertThat(client.queryUser("@irc_a:h")).isCompleted();
    assertThat(connection.sent.get(0).headers()).containsOnlyKeys("Authorization");
  }

  @Test
  void push_bothPathsFail_beginsWithTheNewOneAgain() {
    connection.answers(404, "").answers(308, "").answers(200, "{}");

    assertThat(push()).isCompletedExceptionally();
    assertThat(push()).isCompleted();
    assertThat(connection.paths()).containsExactly(NEW, OLD, NEW);
  }

  @ParameterizedTest
  @CsvSource({"404", "308", "500", "0"})
  void push_oldPathFailsLater_triesTheNewOneNext(int status) {
    connection.answers(404, "").answers(200, "{}");
    assertThat(client.queryUser("@irc_a:h")).isCompleted();
    assertThat(connection.paths()).containsExactly(QUERY, OLD_QUERY);
    if (status == 0) {
      connection.fails(new ConnectException("down"));
    } else {
      connection.answers(status, "");
    }
    connection.answers(200, "{}").answers(200, "{}");

    assertThat(push()).isCompletedExceptionally();
    assertThat(push()).isCompleted();
    assertThat(push()).isCompleted();
    assertThat(connection.paths()).containsExactly(OLD, NEW, NEW);
  }

  private CompletableFuture<Void> push() {
    return client.push("1", RawJson.of("{\"events\":[]}"));
  }
}
