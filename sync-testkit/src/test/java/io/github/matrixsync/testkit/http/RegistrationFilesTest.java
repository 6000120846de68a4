package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Application services that are registered by the files of their bridges. */
@MatrixTest
class RegistrationFilesTest {
  private static final String GOOD = """
      # written by a bridge
      id: irc
      url: 'http://127.0.0.1:8090/'
      as_token: "secret of the service"
      hs_token: secret-of-the-server   # not for others
      sender_localpart: ircbot
      rate_limited: false
      namespaces:
        users:
        - exclusive: true
          regex: '@irc_.*:test'
        - {regex: "@it''s\\u0041\\"_.*", exclusive: no}
        aliases:
          - regex: "#irc_.*"
            exclusive: False
        rooms: []
      push_ephemeral: null
      "de.sorunome.msc2409.push_ephemeral": true
      protocols: [irc, 'x, y', 7]
      """;

  @TempDir
  private Path folder = Path.of("");

  private MatrixWorld world;

  @BeforeEach
  void world(MatrixWorld given) {
    world = given;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "irc", ".yaml"), text);
  }

  private TestService register(String text) throws IOException {
    return world.service("irc").registration(file(text)).register();
  }

  @Test
  void registration_ofABridge_isUsed() throws Exception {
    TestService irc = register(GOOD);

    assertThat(irc.asToken()).isEqualTo("secret of the service");
    assertThat(irc.hsToken()).isEqualTo("secret-of-the-server");
    assertThat(irc.sender().id().value()).isEqualTo("@ircbot:test");
    assertThat(irc.registrationFile()).isEqualTo("""
        id: "irc"
        url: "http://127.0.0.1:8090"
        as_token: "secret of the service"
        hs_token: "secret-of-the-server"
        sender_localpart: "ircbot"
        receive_ephemeral: true
        namespaces:
          users:
            - exclusive: true
              regex: "@irc_.*:test"
            - exclusive: false
              regex: "@it''sA\\"_.*"
          aliases:
            - exclusive: false
              regex: "#irc_.*"
        """);
  }

  @Test
  void registrationFile_ofABuiltService_isReadBackIdentically() throws IOException {
    String written = world
        .service("irc")
        .users("@irc_[a-z\\d]+'\"\u00e4\ud83d\ude00#: .*")
        .aliases("#irc_.*")
        .rooms("!irc.*")
        .url(URI.create("http://127.0.0.1:8090/base"))
        .receivesEphemeral()
        .register()
        .registrationFile();

    assertThat(readAgain(written)).isEqualTo(written);
  }

  @Test
  void registrationFile_withoutUrlAndNamespaces_isReadBackIdentically() throws IOException {
    String written = world.service("irc").register().registrationFile();

    assertThat(written).contains("url: null").contains("namespaces: {}");
    assertThat(readAgain(written)).isEqualTo(written);
  }

  private String readAgain(String written) throws IOException {
    try (MatrixWorld other = MatrixWorld.create()) {
      return other.service("irc").registration(file(written)).register().registrationFile();
    }
  }

  @Test
  void registration_withMoreFromTheTest_hasBoth() throws IOException {
    TestService irc = world
        .service("irc")
        .registration(file(GOOD))
        .url(URI.create("http://127.0.0.1:9"))
        .users("@chat_.*")
        .register();

    assertThat(irc.registrationFile())
        .contains("url: \"http://127.0.0.1:9\"")
        .contains("@irc_.*:test")
        .contains("@chat_.*");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
      id: irc ^ id: 7 ^ line 2: 'id' must be a string, and is a number
      id: irc ^ id: chat ^ line 2: the 'id' is chat, but the test asks for the service irc
      url: 'http://127.0.0.1:8090/' ^ url: ftp://a ^ line 3: 'url' must be null or an http or https address
      url: 'http://127.0.0.1:8090/' ^ url: http://a b ^ line 3: 'url' must be null or an http or https address
      as_token: "secret of the service" ^ other: secret ^ line 2: 'as_token' is missing
      as_token: "secret of the service" ^ as_token: 271828182845 ^ line 4: 'as_token' must be a string, and is a number
      as_token: "secret of the service" ^ as_token: "secret ^ line 4: a quote is missing
      as_token: "secret of the service" ^ as_token: 'a'secret ^ line 4: nothing but a comment may follow a value
      as_token: "secret of the service" ^ as_token secret ^ line 4: a key and a colon are expected
      as_token: "secret of the service" ^ as_token: "\\qsecret" ^ line 4: no escape begins with \\q
      as_token: "secret of the service" ^ as_token: |- ^ line 4: a value that begins with '|' must be in quotes
      as_token: "secret of the service" ^ as_token: &a secret ^ line 4: a value that begins with '&' must be in quotes
      as_token: "secret of the service" ^ as_token: secret: b ^ line 4: nothing but a comment may follow a value
      regex: '@irc_.*:test' ^ regex: @irc_.* ^ line 11: a value that begins with '@' must be in quotes
      regex: '@irc_.*:test' ^ regex: '@irc_[' ^ line 11: the 'regex' @irc_[ of 'users' is not a regular
      regex: '@irc_.*:test' ^ regex: '(@)\\1' ^ line 11: the 'regex' (@)\\1 of 'users' cannot be used:
      regex: '@irc_.*:test' ^ other: a ^ line 10: 'regex' is missing
      exclusive: true ^ exclusive: perhaps ^ line 10: each of 'users' needs a 'regex'
      rooms: [] ^ rooms: all ^ line 16: 'rooms' must be a list, and is a string
      rooms: [] ^ rooms: [ ^ line 16: ']' is missing
      rooms: [] ^ rooms: [a b ^ line 16: ']' is missing
      rooms: [] ^ rooms: {a: b c}} ^ line 16: nothing but a comment may follow a value
      rooms: [] ^ rooms: - a ^ line 16: a list may not begin behind a key
      rooms: [] ^ aliases: [] ^ line 16: the key 'aliases' is there twice
      rate_limited: false ^ --- ^ line 7: there is a second document
      rate_limited: false ^ rate: a$  b ^ line 8: the line is indented further than what it belongs to
      """)
  void registration_thatIsWrong_namesFileLineAndKey(String good, String bad, String why)
      throws IOException {
    Path file = file(GOOD.replace(good, bad.replace("$", "\n")));

    assertThatThrownBy(() -> world.service("irc").registration(file).register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot use " + file + ": " + why)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("271828182845");
  }

  @Test
  void users_whatIsNoRegularExpression_hasTheServiceAndThePlace() {
    assertThatThrownBy(() -> world.service("irc").users("@irc_[").register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot register irc: the 'regex' @irc_[ of 'users' is not a regular expression: "
                + "Unclosed character class near its character 6");
  }

  @Test
  void registration_withTabs_isRefused() {
    assertThatThrownBy(() -> register(GOOD.replace("  users:", "\tusers:")))
        .hasMessageContaining("line 9: lines are indented with blanks, not with tabs");
  }

  @Test
  void registration_thatIsNoMapping_isRefused() {
    assertThatThrownBy(() -> register("")).hasMessageContaining("line 1: the file is empty");
    assertThatThrownBy(() -> register("- id: irc"))
        .hasMessageContaining("line 1: the file must be a mapping");
    assertThatThrownBy(() -> register("irc"))
        .hasMessageContaining("line 1: the file must be a mapping");
  }

  @Test
  void registration_inOtherEncodings_isReadOrRefused() throws IOException {
    Path latin = Files.write(
        folder.resolve("latin.yaml"),
        GOOD.replace("ircbot", "\u00fc").getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> world.service("irc").registration(latin).register())
        .hasMessage("cannot use " + latin + ": it is not UTF-8");
    assertThat(
            register("%YAML 1.1\n---\n" + GOOD.replace("\n", "\r\n") + "...\n").id())
        .isEqualTo("irc");
  }

  @Test
  void registration_thatIsNotThere_isRefused() {
    Path none = folder.resolve("none.yaml");

    assertThatThrownBy(() -> world.service("irc").registration(none).register())
        .hasMessage("cannot use " + none + ": there is no such file");
  }

  @Test
  void registration_withTheTokenOfAnother_namesBothAndNotTheToken() throws IOException {
    register(GOOD);
    Path second = file(GOOD.replace("id: irc", "id: chat").replace("ircbot", "chatbot"));

    assertThatThrownBy(() -> world.service("chat").registration(second).register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot use " + second
            + ": two application services have the same 'as_token': irc and chat");
  }

  @Test
  void registration_whoseSenderCannotBe_isRefused() throws IOException {
    Path file = file(GOOD.replace("ircbot", "irc bot"));

    assertThatThrownBy(() -> world.service("irc").registration(file).register())
        .hasMessageStartingWith(
            "cannot use " + file + ": the 'sender_localpart' of irc cannot be a user");
  }
}
