package io.github.matrixsync.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private final Accounts accounts = new Accounts("test", new Random(1));
  private final Sessions sessions = new Sessions(new Random(1));
  private final Services services =
      new Services(accounts, sessions, List.of(service("irc", "token-1")));

  private static Registration service(String id, String token) {
    return new Registration(
        id, Optional.empty(), token, "hs", id + "bot", List.of(), List.of(), List.of(), false);
  }

  @Test
  void add_anotherService_isKnownByItsToken() {
    Service slack = services.add(service("slack", "token-2"));

    assertThat(services.all()).extracting(Service::id).containsExactly("irc", "slack");
    assertThat(services.requester(Optional.of("token-2"), Map.of()).user())
        .contains(slack.sender());
    assertThat(services.isSender(slack.sender())).isTrue();
  }

  @Test
  void add_theSameToken_namesBothServicesAndNotTheToken() {
    assertThatThrownBy(() -> services.add(service("slack", "token-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two application services have the same 'as_token': irc and slack");
    assertThat(services.all()).hasSize(1);
    assertThat(accounts.exists(accounts.user("slackbot"))).isFalse();
  }

  @Test
  void add_theTokenOfAUsersDevice_isRefusedWithoutNamingIt() {
    String token = sessions.open(accounts.user("alice"), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> services.add(service("slack", token)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the 'as_token' of slack is the access token of a user");
    assertThat(accounts.exists(accounts.user("slackbot"))).isFalse();
  }

  @Test
  void add_aSenderWhoIsAUser_namesBoth() {
    accounts.register(accounts.user("slackbot"), "secret");

    assertThatThrownBy(() -> services.add(service("slack", "token-2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the 'sender_localpart' of slack cannot be that of the user @slackbot:test,"
            + " who exists already");
  }

  @Test
  void sender_hasNoPassword_andCannotLogIn() {
    Service irc = services.all().get(0);

    assertThatThrownBy(() -> accounts.requirePassword(irc.sender(), ""))
        .isInstanceOf(ApiError.class);
  }
}
