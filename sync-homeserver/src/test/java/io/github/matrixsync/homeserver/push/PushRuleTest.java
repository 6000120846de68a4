package io.github.matrixsync.homeserver.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.push.PushRule.Outcome;
import io.github.matrixsync.homeserver.push.PushRule.Place;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of push rules for events: the default rules, and each kind of condition. */
class PushRuleTest {
  private static final UserId BEN = UserId.parse("@ben:h");
  private static final ObjectNode LEVELS =
      tree("{'users':{'@op:h':60},'users_default':10,'notifications':{'calls':5}}");

  private static ObjectNode tree(String json) {
    return Json.body(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).tree();
  }

  private static Outcome evaluate(ObjectNode rules, String event, long members) {
    return PushRule.evaluate(
        rules, tree(event), new Place(Optional.of("Benny B"), members, LEVELS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m.room.message| 'body':'hi'| NOTIFY",
        "m.room.message| 'body':'hi Ben!'| HIGHLIGHT",
        "m.room.message| 'body':'Benjamin'| NOTIFY",
        "m.room.message| 'body':'so benny b said'| HIGHLIGHT",
        "m.room.message| 'body':'@room look'| NOTIFY",
        "m.room.message| 'body':'x','m.mentions':{'user_ids':['@ben:h']}| HIGHLIGHT",
        "m.room.message| 'body':'x','m.mentions':{'user_ids':['@bob:h']}| NOTIFY",
        "m.room.message| 'body':'x','m.mentions':{'room':true}| NOTIFY",
        "m.room.message| 'body':'x','msgtype':'m.notice'| NOTHING",
        "m.room.message| 'm.relates_to':{'rel_type':'m.replace'}| NOTHING",
        "m.room.encrypted| 'body':'x'| NOTIFY",
        "m.call.invite| 'body':'x'| NOTIFY",
        "m.reaction| 'body':'ben'| NOTHING",
        "m.room.topic| 'topic':'ben'| NOTHING",
        "other| 'body':5| NOTHING"
      })
  void defaultRules_eventsOfOthers_followTheSpecification(
      String type, String content, Outcome outcome) {
    ObjectNode rules = new PushRules(MemoryAccountDataStore.create()).of(BEN);
    String event = "{'type':'" + type + "','sender':'@al:h','content':{" + content + "}}";

    assertThat(evaluate(rules, event, 3)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'sender':'@op:h','content':{'body':'@room'}| HIGHLIGHT",
        "'sender':'@op:h','content':{'body':'x','m.mentions':{'room':true}}| HIGHLIGHT",
        "'sender':'@op:h','content':{'body':'x','m.mentions':{'room':'true'}}| NOTIFY"
      })
  void defaultRules_roomNotificationBySenderWithPower_followTheSpecification(
      String event, Outcome outcome) {
    ObjectNode rules = new PushRules(MemoryAccountDataStore.create()).of(BEN);

    assertThat(evaluate(rules, "{'type':'m.room.message'," + event + "}", 3)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'kind':'event_match','key':'type','pattern':'A.*'| true",
        "'kind':'event_match','key':'type','pattern':'a.?'| true",
        "'kind':'event_match','key':'type','pattern':'b'| false",
        "'kind':'event_match','key':'content.n','pattern':'5'| false",
        "'kind':'event_match','key':'content.a\\\\.b','pattern':'x'| true",
        "'kind':'event_match','key':'content.a.b','pattern':'y'| true",
        "'kind':'event_match','key':'content.none.b','pattern':'*'| false",
        "'kind':'event_property_is','key':'content.n','value':5| true",
        "'kind':'event_property_is','key':'content.n','value':'5'| false",
        "'kind':'event_property_is','key':'content.a','value':{'b':'y'}| false",
        "'kind':'event_property_contains','key':'content.list','value':1| true",
        "'kind':'event_property_contains','key':'content.list','value':2| false",
        "'kind':'room_member_count','is':'7'| true",
        "'kind':'room_member_count','is':'==7'| true",
        "'kind':'room_member_count','is':'<8'| true",
        "'kind':'room_member_count','is':'>7'| false",
        "'kind':'room_member_count','is':'>=7'| true",
        "'kind':'room_member_count','is':'<=6'| false",
        "'kind':'room_member_count','is':'x'| false",
        "'kind':'sender_notification_permission','key':'calls'| true",
        "'kind':'sender_notification_permission','key':'room'| false",
        "'kind':'unknown'| false"
      })
  void condition_ofEachKind_holdsOrNot(String condition, boolean holds) {
    ObjectNode rules = tree("{'override':[{'rule_id':'r','enabled':true,'conditions':[{" + condition
        + "}],'actions':['notify',{'set_tweak':'highlight','value':false}]}]}");
    String event = "{'type':'a.b','sender':'@al:h','content':"
        + "{'n':5,'a.b':'x','a':{'b':'y'},'list':[1,'2']}}";

    assertThat(evaluate(rules, event, 7)).isEqualTo(holds ? Outcome.NOTIFY : Outcome.NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"room, !r:h, true", "room, !s:h, false", "sender, @al:h, true", "sender, @b:h, false"
  })
  void rule_forARoomOrSender_matchesOnlyThatOne(String kind, String id, boolean matches) {
    ObjectNode rules =
        tree("{'" + kind + "':[{'rule_id':'" + id + "','actions':['notify']}],'underride':[]}");

    assertThat(evaluate(rules, "{'type':'a','room_id':'!r:h','sender':'@al:h'}", 2))
        .isEqualTo(matches ? Outcome.NOTIFY : Outcome.NOTHING);
  }
}
