package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PushRulesOverHttpTest extends ServerTest {
  private static final String GLOBAL = V3 + "/pushrules/global";
  private static final String RULE = "{'actions':['notify'],'conditions':[]}";

  private static List<String> ids(Client client, String kind) {
    return client
        .get(V3 + "/pushrules/")
        .json()
        .at("/global/" + kind)
        .valueStream()
        .map(rule -> rule.path("rule_id").asString())
        .toList();
  }

  @Test
  void rules_newUser_areTheDefaultOnes() {
    Client pia = nobody.register("pia");
    assertThat(ids(pia, "override")).startsWith(".m.rule.master").hasSize(12);
    assertThat(ids(pia, "underride")).endsWith(".m.rule.message", ".m.rule.encrypted");
    JsonNode rules = pia.get(V3 + "/pushrules/").json();
    assertThat(rules.at("/global/content/0/pattern").asString()).isEqualTo("pia");
    assertThat(rules.at("/global/override/2/conditions/2/pattern").asString())
        .isEqualTo("@pia:localhost");
    assertThat(pia.get(GLOBAL + "/").json()).isEqualTo(rules.path("global"));
    assertThat(pia.get(V3 + "/user/" + pia.user() + "/account_data/m.push_rules")
            .json()
            .path("global"))
        .isEqualTo(rules.path("global"));
  }

  @Test
  void rule_switchedOff_wakesThePolls() {
    Client quin = nobody.register("quin");
    quin.get(V3 + "/pushrules/");
    String from = quin.get("/initialSync").json().path("end").asString();
    CompletableFuture<Reply> poll =
        quin.later("GET", "/events?timeout=30000&from=" + from, new byte[0]);
    awaitParked(server, 1);

    String rule = GLOBAL + "/underride/.m.rule.message";
    assertThat(quin.put(rule + "/enabled", "{'enabled':false}").status()).isEqualTo(200);

    assertThat(poll.join().text()).contains("m.push_rules");
    assertThat(quin.get(rule + "/enabled").text()).isEqualTo("{\"enabled\":false}");
    assertThat(quin.get(rule).json().path("enabled").asBoolean(true)).isFalse();
  }

  @Test
  void rule_addedAndRemoved_hasItsPlace() {
    Client rosa = nobody.register("rosa");
    assertThat(rosa.put(GLOBAL + "/override/a", RULE).status()).isEqualTo(200);
    assertThat(rosa.put(GLOBAL + "/override/b", RULE).status()).isEqualTo(200);
    assertThat(rosa.put(GLOBAL + "/override/c?after=b", RULE).status()).isEqualTo(200);
    assertThat(rosa.put(GLOBAL + "/override/d?before=b", RULE).status()).isEqualTo(200);
    assertThat(ids(rosa, "override")).startsWith(".m.rule.master", "d", "b", "c", "a");

    assertThat(rosa.put(GLOBAL + "/override/b/actions", "{'actions':[]}").status())
        .isEqualTo(200);
    assertThat(rosa.get(GLOBAL + "/override/b/actions").text()).isEqualTo("{\"actions\":[]}");

    assertThat(rosa.send("DELETE", GLOBAL + "/override/b", "").status()).isEqualTo(200);
    assertThat(ids(rosa, "override")).doesNotContain("b");
    assertThat(rosa.get(GLOBAL + "/override/b").errcode()).isEqualTo("M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      GET    | /override/none                  |                            | 404 | M_NOT_FOUND
      GET    | /loud/x                         |                            | 400 | M_INVALID_PARAM
      PUT    | /override/.mine                 | {'actions':[]}             | 400 | M_INVALID_PARAM
      PUT    | /override/a%2Fb                 | {'actions':[]}             | 400 | M_INVALID_PARAM
      PUT    | /override/x                     | {}                         | 400 | M_BAD_JSON
      PUT    | /override/x                     | {'actions':[1]}            | 400 | M_BAD_JSON
      PUT    | /override/x                     | {'actions':[],'conditions':[{}]} | 400 | M_BAD_JSON
      PUT    | /override/x                     | {'actions':[],'conditions':{}} | 400 | M_BAD_JSON
      PUT    | /override/x?after=none          | {'actions':[]}             | 400 | M_INVALID_PARAM
      PUT    | /override/x?before=.m.rule.call | {'actions':[]}             | 400 | M_INVALID_PARAM
      PUT    | /content/x                      | {'actions':[]}             | 400 | M_MISSING_PARAM
      PUT    | /content/.m.rule.contains_user_name/enabled | {'enabled':1}  | 400 | M_BAD_JSON
      PUT    | /room/none/enabled              | {'enabled':true}           | 404 | M_NOT_FOUND
      PUT    | /room/none/actions              | {'actions':'x'}            | 400 | M_BAD_JSON
      DELETE | /override/.m.rule.master        |                            | 400 | M_INVALID_PARAM
      DELETE | /sender/none                    |                            | 404 | M_NOT_FOUND
      """)
  void request_malformed_hasItsAnswer(
      String method, String path, String body, int status, String errcode) {
    Client uma = nobody.register("uma" + Math.abs((method + path + body).hashCode()));
    Reply reply = uma.send(method, GLOBAL + path, body == null ? "" : body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
  }

  @Test
  void accountData_pushRules_cannotBeWrittenDirectly() {
    Client vito = nobody.register("vito");
    Reply reply = vito.put(V3 + "/user/" + vito.user() + "/account_data/m.push_rules", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.errcode()).isEqualTo("M_BAD_JSON");
  }
}
