package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.ToDeviceMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Keys of devices, and messages to devices. */
class KeysOverHttpTest extends ServerTest {
  private static final String PASSWORD = "'auth':{'type':'m.login.password','password':'p'}";

  /** Returns a user on the device PHONE, with one-time keys A and B. */
  private Client withKeys(String name) {
    Client client = login(name, "PHONE");
    Reply reply = client.post(
        V3 + "/keys/upload",
        "{'device_keys':" + deviceKeys(client, "PHONE")
            + ",'one_time_keys':{'signed_curve25519:A':{'key':'a'},'signed_curve25519:B':"
            + "{'key':'b'}},'fallback_keys':{'signed_curve25519:F':{'key':'f','fallback':true}}}");
    assertThat(reply.text()).isEqualTo("{\"one_time_key_counts\":{\"signed_curve25519\":2}}");
    return client;
  }

  private static String deviceKeys(Client client, String device) {
    return "{'user_id':'" + client.user() + "','device_id':'" + device
        + "','algorithms':['m.olm.v1'],'keys':{'ed25519:" + device + "':'k'},'signatures':{'"
        + client.user() + "':{'ed25519:" + device + "':'s'}}}";
  }

  private Client login(String name, String device) {
    nobody.register(name);
    JsonNode session = nobody
        .post(
            V3 + "/login",
            "{'type':'m.login.password','identifier':{'type':'m.id.user','user':'" + name
                + "'},'password':'p','device_id':'" + device
                + "','initial_device_display_name':'Her phone'}")
        .json();
    return new Client(
        nobody.base(),
        session.path("user_id").asString(),
        session.path("access_token").asString());
  }

  private static JsonNode query(Client viewer, Client of) {
    return viewer
        .post(V3 + "/keys/query", "{'device_keys':{'" + of.user() + "':[]}}")
        .json();
  }

  private static JsonNode claim(Client viewer, Client of) {
    return viewer
        .post(
            V3 + "/keys/claim",
            "{'one_time_keys':{'" + of.user() + "':{'PHONE':'signed_curve25519'}}}")
        .json()
        .path("one_time_keys")
        .path(of.user())
        .path("PHONE");
  }

  private KeyCounts counts(Client client) {
    return server.stores.devices().keyCounts().counts(id(client), DeviceId.parse("PHONE"));
  }

  private static UserId id(Client client) {
    return UserId.parse(client.user());
  }

  @Test
  void query_anybody_findsTheDevicesOfAUser() {
    Client ada = withKeys("ada");
    Client bea = nobody.register("bea");

    JsonNode phone = query(bea, ada).path("device_keys").path(ada.user()).path("PHONE");
    assertThat(phone.at("/keys/ed25519:PHONE").asString()).isEqualTo("k");
    assertThat(phone.at("/unsigned/device_display_name").asString()).isEqualTo("Her phone");

    JsonNode others = bea.post(
            V3 + "/keys/query",
            "{'device_keys':{'" + ada.user() + "':['OTHER'],'@no:localhost':[]}}")
        .json();
    assertThat(others.path("device_keys").toString()).isEqualTo("{\"@ada:localhost\":{}}");
  }

  @Test
  void claim_untilNoneIsLeft_givesEachOnceThenTheFallbackKey() {
    Client cleo = withKeys("cleo");
    Client dan = nobody.register("dan");
    assertThat(counts(cleo))
        .isEqualTo(new KeyCounts(Map.of("signed_curve25519", 2), Set.of("signed_curve25519")));

    assertThat(claim(dan, cleo).propertyNames()).containsExactly("signed_curve25519:A");
    assertThat(claim(dan, cleo).propertyNames()).containsExactly("signed_curve25519:B");
    assertThat(counts(cleo).unusedFallbackKeys()).hasSize(1);
    assertThat(claim(dan, cleo).propertyNames()).containsExactly("signed_curve25519:F");
    assertThat(claim(dan, cleo).propertyNames()).containsExactly("signed_curve25519:F");
    assertThat(counts(cleo)).isEqualTo(new KeyCounts(Map.of("signed_curve25519", 0), Set.of()));
  }

  @Test
  void upload_ofKeys_isAChangeOfTheDeviceList() {
    long before = server.stores.devices().lists().refresh();
    Client eva = withKeys("eva");
    long after = server.stores.devices().lists().refresh();
    assertThat(after).isGreaterThan(before);
    eva.post(V3 + "/keys/upload", "{'device_keys':" + deviceKeys(eva, "PHONE") + "}");
    assertThat(server.stores.devices().lists().refresh()).isEqualTo(after);
  }

  @Test
  void logout_device_takesItsKeysAndMessages() {
    Client fay = withKeys("fay");
    Client gil = nobody.register("gil");
    gil.put(V3 + "/sendToDevice/x.y/1", "{'messages':{'" + fay.user() + "':{'PHONE':{'a':1}}}}");
    fay.post(V3 + "/logout", "");
    assertThat(query(gil, fay).path("device_keys").path(fay.user()).size()).isZero();
    assertThat(counts(fay)).isEqualTo(KeyCounts.NONE);
    assertThat(messages(fay)).isEmpty();
  }

  @Test
  void signingKeys_replaced_needThePassword() {
    Client hal = withKeys("hal");
    Client ida = nobody.register("ida");
    String upload = V3 + "/keys/device_signing/upload";
    assertThat(hal.post(upload, "{" + signing(hal, "one") + "}").status()).isEqualTo(200);
    assertThat(hal.post(upload, "{" + signing(hal, "one") + "}").status()).isEqualTo(200);

    Reply stages = hal.post(upload, "{" + signing(hal, "two") + "}");
    assertThat(stages.status()).isEqualTo(401);
    assertThat(stages.json().at("/flows/0/stages/0").asString()).isEqualTo("m.login.password");
    assertThat(
            hal.post(upload, "{" + PASSWORD + "," + signing(hal, "two") + "}").status())
        .isEqualTo(200);

    assertThat(query(ida, hal)
            .at("/master_keys/" + hal.user() + "/keys/ed25519:two")
            .asString())
        .isEqualTo("two");
    assertThat(query(ida, hal).path("user_signing_keys").size()).isZero();
    assertThat(query(hal, hal).path("user_signing_keys").size()).isEqualTo(1);
  }

  private static String signing(Client client, String key) {
    String own = "{'user_id':'" + client.user() + "','usage':['x'],'keys':{'ed25519:" + key + "':'"
        + key + "'}}";
    return "'master_key':" + own + ",'user_signing_key':" + own;
  }

  @Test
  void signatures_ofOthers_areSeenByTheirSigner() {
    Client jan = withKeys("jan");
    Client kim = nobody.register("kim");
    jan.post(V3 + "/keys/device_signing/upload", "{" + signing(jan, "m") + "}");
    String signed = "{'" + jan.user() + "':{'m':{'signatures':{'" + kim.user()
        + "':{'ed25519:x':'sig'}}},'none':{}}}";
    Reply reply = kim.post(V3 + "/keys/signatures/upload", signed);
    assertThat(reply.json().at("/failures/" + jan.user()).propertyNames()).containsExactly("none");

    String path = "/master_keys/" + jan.user() + "/signatures/" + kim.user() + "/ed25519:x";
    assertThat(query(kim, jan).at(path).asString("")).isEqualTo("sig");
    assertThat(query(nobody.register("lou"), jan).at(path).asString("")).isEmpty();
  }

  @Test
  void sendToDevice_repeated_arrivesOnce() {
    Client mia = withKeys("mia");
    Client ned = nobody.register("ned");
    String send = V3 + "/sendToDevice/x.y/";
    String body = "{'messages':{'" + mia.user() + "':{'PHONE':{'n':1},'NONE':{'n':2}}}}";
    assertThat(ned.put(send + "1", body).status()).isEqualTo(200);
    assertThat(ned.put(send + "1", body).status()).isEqualTo(200);
    assertThat(ned.put(send + "2", "{'messages':{'" + mia.user() + "':{'*':{'n':3}}}}")
            .status())
        .isEqualTo(200);
    assertThat(messages(mia).stream().map(message -> message.content().toString()))
        .containsExactly("{\"n\":1}", "{\"n\":3}");
    assertThat(messages(mia).get(0).sender()).isEqualTo(id(ned));
  }

  private List<ToDeviceMessage> messages(Client of) {
    long now = server.stores.devices().inbox().refresh();
    return server.stores.devices().inbox().messages(id(of), DeviceId.parse("PHONE"), 0, now, 100);
  }

  @Test
  void send_withATransactionId_isRememberedForTheDevice() {
    Client oda = withKeys("oda");
    String room = oda.createRoom("{}");
    String event = oda.put(V3 + Client.room(room, "/send/m.room.message/my-id"), "{}")
        .json()
        .path("event_id")
        .asString();
    List<EventId> events = List.of(EventId.parse(event));
    assertThat(
            server.stores.devices().transactionIds().of(id(oda), DeviceId.parse("PHONE"), events))
        .containsExactly(Map.entry(events.get(0), "my-id"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      POST | /keys/upload            | {'device_keys':[]}                                | 400 | M_BAD_JSON
      POST | /keys/upload            | {'device_keys':{'device_id':'D'}}                  | 400 | M_MISSING_PARAM
      POST | /keys/upload            | {'device_keys':{'user_id':'@x:h','device_id':'D'}} | 400 | M_INVALID_PARAM
      POST | /keys/upload            | {'one_time_keys':{'no colon':{}}}                 | 400 | M_INVALID_PARAM
      POST | /keys/upload            | {'one_time_keys':[]}                              | 400 | M_BAD_JSON
      POST | /keys/upload            | {'one_time_keys':{'signed_curve25519:A':{'key':'other'}}} | 400 | M_INVALID_PARAM
      POST | /keys/upload            | {'fallback_keys':{':x':{}}}                       | 400 | M_INVALID_PARAM
      POST | /keys/query             | {'device_keys':{'x':[]}}                          | 400 | M_INVALID_PARAM
      POST | /keys/query             | {'device_keys':{'@x:h':'D'}}                      | 400 | M_BAD_JSON
      POST | /keys/query             | {'device_keys':{'@x:h':['']}}                     | 400 | M_INVALID_PARAM
      POST | /keys/claim             | {'one_time_keys':{'@x:h':[]}}                     | 400 | M_BAD_JSON
      POST | /keys/claim             | {'one_time_keys':{'@x:h':{'D':5}}}                | 400 | M_BAD_JSON
      POST | /keys/signatures/upload | {'x':{}}                                          | 400 | M_INVALID_PARAM
      POST | /keys/signatures/upload | {'@x:h':{'D':5}}                                  | 400 | M_BAD_JSON
      POST | /keys/device_signing/upload | {'self_signing_key':{'user_id':'@x:h'}}       | 400 | M_INVALID_PARAM
      POST | /keys/device_signing/upload | {}                                            | 400 | M_INVALID_PARAM
      PUT  | /sendToDevice/x.y/a     | {'messages':[]}                                   | 400 | M_BAD_JSON
      PUT  | /sendToDevice/x.y/b     | {'messages':{'x':{}}}                             | 400 | M_INVALID_PARAM
      PUT  | /sendToDevice/x.y/c     | {'messages':{'@x:h':{'D':5}}}                     | 400 | M_BAD_JSON
      PUT  | /sendToDevice//d        | {}                                                | 400 | M_INVALID_PARAM
      GET  | /room_keys/version      |                                                   | 404 | M_NOT_FOUND
      """)
  void request_malformed_hasItsAnswer(
      String method, String path, String body, int status, String errcode) {
    Client pam = withKeys("pam" + Math.abs((path + body).hashCode()));
    Reply reply = pam.send(method, V3 + path, body == null ? "" : body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
  }
}
