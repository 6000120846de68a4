package org.example;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** A minimal bridge as an application of Spring Boot: its bot answers "!ping" with "pong". Thread-safe. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class Bridge {
  private final RestClient homeserver;
  private final String authorization;

  Bridge(
      @Value("${bridge.homeserver}") String homeserver,
      @Value("${bridge.as-token}") String asToken,
      @Value("${bridge.hs-token}") String hsToken) {
    this.homeserver = RestClient.builder()
        .baseUrl(homeserver)
        .defaultHeaders(headers -> headers.setBearerAuth(asToken))
        .build();
    this.authorization = "Bearer " + hsToken;
  }

  record Transaction(List<Event> events) {}

  record Event(
      @JsonProperty("event_id") String id,
      @JsonProperty("room_id") String room,
      Map<String, Object> content) {}

  @PutMapping("/_matrix/app/v1/transactions/{id}")
  ResponseEntity<Map<String, String>> take(
      @RequestHeader("Authorization") String sent, @RequestBody Transaction transaction) {
    if (!sent.equals(authorization)) {
      return ResponseEntity.status(403).body(Map.of("errcode", "M_FORBIDDEN"));
    }
    transaction.events().stream()
        .filter(event -> "!ping".equals(event.content().get("body")))
        .forEach(this::answer);
    return ResponseEntity.ok(Map.of());
  }

  /** Sends the answer, with the event's id as transaction id: it is sent once, however often this is tried. */
  private void answer(Event event) {
    homeserver
        .put()
        .uri("/_matrix/client/v3/rooms/{room}/send/m.room.message/{id}", event.room(), event.id())
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("msgtype", "m.text", "body", "pong"))
        .retrieve()
        .toBodilessEntity();
  }
}
