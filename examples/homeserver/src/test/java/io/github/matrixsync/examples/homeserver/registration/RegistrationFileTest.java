package io.github.matrixsync.examples.homeserver.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.examples.homeserver.Main;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Registration.Namespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationFileTest {
  /** A file as the tools of bridges write it. */
  private static final String GOOD = """
      id: irc
      hs_token: of the server
      as_token: of the service
      namespaces:
        users:
          - exclusive: true
            regex: '@irc_.*:localhost'
        aliases:
          - exclusive: false
            regex: '#irc_.*'
        rooms: []
      url: 'http://127.0.0.1:8090/'
      sender_localpart: ircbot
      rate_limited: false
      protocols: null
      """;

  @TempDir
  private Path folder = Path.of("");

  @Test
  void read_file_saysWhatTheServiceIsAbout() throws IOException {
    Registration irc = RegistrationFile.read(file(GOOD));

    assertThat(irc.id()).isEqualTo("irc");
    assertThat(irc.url()).contains(URI.create("http://127.0.0.1:8090"));
    assertThat(irc.asToken()).isEqualTo("of the service");
    assertThat(irc.hsToken()).isEqualTo("of the server");
    assertThat(irc.senderLocalpart()).isEqualTo("ircbot");
    assertThat(irc.rooms()).isEmpty();
    assertThat(irc.users().get(0).exclusive()).isTrue();
    assertThat(irc.users().get(0).matches("@irc_ann:localhost")).isTrue();
    assertThat(irc.users().get(0).matches("@irc_ann:localhost.org"))
        .as("begins so")
        .isTrue();
    assertThat(irc.users().get(0).matches("x@irc_ann:localhost")).isFalse();
    assertThat(irc.aliases().get(0).exclusive()).isFalse();
  }

  @Test
  void read_noUrlAndNoNamespaces_isAServiceThatListensOnlyItself() throws IOException {
    Registration quiet = RegistrationFile.read(
        file("{id: q, url: null, as_token: a, hs_token: h, sender_localpart: q}"));

    assertThat(quiet.url()).isEmpty();
    assertThat(quiet.users()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: irc|id: 7|'id' must be a string, and is a number; put it in quotes",
        "hs_token: of the server|other: x|'hs_token' is missing",
        "sender_localpart: ircbot|sender_localpart: ' '|'sender_localpart' must be a string, and is blank",
        "url: 'http://127.0.0.1:8090/'|url: ''|'url' must be a string, and is blank",
        "url: 'http://127.0.0.1:8090/'|url: 'http://a@b/'|'url' must be null or",
        "url: 'http://127.0.0.1:8090/'|url: 'http://'|Expected scheme-specific part",
        "url: 'http://127.0.0.1:8090/'|url: 'http://b:x'|'url' must be null or",
        "url: 'http://127.0.0.1:8090/'|url: 'http://b/?a=b'|'url' must be null or",
        "exclusive: true|exclusive: 'true'|each of 'users'",
        "exclusive: true|exclusive: 1|each of 'users'",
        "exclusive: true|exclusive: ~|each of 'users'",
        "rooms: []|rooms: {a: b}|'rooms' must be a list, and is a mapping",
        "id: irc|id: [irc|it is no YAML, see line",
        "id: irc|id: *irc|it is no YAML, see line 1: found undefined alias irc",
        "id: irc|id: !java irc|it is no YAML, see line 1: could not determine a constructor",
        "url: 'http://127.0.0.1:8090/'|url: 'ftp://127.0.0.1'|'url' must be null or",
        "url: 'http://127.0.0.1:8090/'|url: 'http://a b'|Illegal character",
        "exclusive: true|exclusive: perhaps|each of 'users'",
        "regex: '#irc_.*'|regex: '#irc_['|the 'regex' #irc_[ of 'aliases' is not a regular",
        "rooms: []|rooms: all|'rooms' must be a list",
        "id: irc|- irc|it is no YAML, see line 2",
      })
  void read_badFile_saysWhatIsWrongWithWhichFile(String good, String bad, String why)
      throws IOException {
    Path file = file(GOOD.replace(good, bad));

    assertThatThrownBy(() -> RegistrationFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot use " + file + ": ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  /** Each looks like text, but is another type in YAML 1.1, also for the bridge that reads the same file. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ~           | null
      Null        | null
      ''          | blank
      '  '        | blank
      yes         | a boolean
      OFF         | a boolean
      True        | a boolean
      !!bool abc  | null
      12          | a number
      0x1F        | a number
      0b11        | a number
      017         | a number
      1_000       | a number
      190:20:30   | a number
      1.5         | a number
      1.5e+3      | a number
      .inf        | a number
      !!int abc   | a number
      !!float abc | a number
      2016-02-03  | a date
      2016-02-03 04:05:06 | a date
      !!timestamp abc     | a date
      !!binary aGFsbG8=   | binary data
      [abc]       | a list
      {abc: d}    | a mapping
      """)
  void read_tokenThatIsNoString_saysOfWhichKindItIs(String value, String kind) throws IOException {
    for (String key : new String[] {"as_token", "hs_token"}) {
      Path file = file(GOOD.replaceFirst(key + ": .*", key + ": " + value));

      assertThatThrownBy(() -> RegistrationFile.read(file))
          .hasMessageContaining("'" + key + "' must be a string, and is " + kind)
          .hasMessageNotContaining("abc");
    }
  }

  /** Each is a string in YAML 1.1, though a number or a boolean in other versions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12e34",
        "1e+5",
        "0o17",
        "yEs",
        "y",
        "nULL",
        "089",
        "+",
        "1,5",
        "12-34",
        "2016-2-3",
        "a#b",
        "a:b",
        "=a",
        "0123456789abcdef",
        "infinity",
        "http://x"
      })
  void read_tokenThatLooksLikeSomethingElse_isTheString(String value) throws IOException {
    assertThat(
            RegistrationFile.read(file(GOOD.replace("of the service", value))).asToken())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      '12'                    | 12
      "~"                     | ~
      !!str 12                | 12
      "a\\x62\\u0063"         | abc
      !!python/unicode 'abc'  | abc
      !!python/str abc        | abc
      abc # of the service    | abc
      """)
  void read_tokenSaidToBeAString_isOne(String yaml, String token) throws IOException {
    assertThat(RegistrationFile.read(file(GOOD.replace("of the service", yaml))).asToken())
        .isEqualTo(token);
  }

  @Test
  void read_whatPythonsYamlHas_isUnderstood() throws IOException {
    Registration telegram = RegistrationFile.read(file("""
        %YAML 1.1
        ---
        hs_token: &token |-
          one
        as_token: >-
          two
          three
        sender_localpart: telegrambot
        url: http://mautrix_telegram:29317
        namespaces:
          users: &all
          - &mine {exclusive: True, regex: "@telegram_.*"}
          - exclusive: no
            regex: "@tg_.*"
          - {<<: *mine, exclusive: Off}
          aliases: ~
          rooms: Null
        x: {copy: *all, token: *token}
        ...
        """));

    assertThat(telegram.id()).as("no id: the sender's name").isEqualTo("telegrambot");
    assertThat(telegram.hsToken()).isEqualTo("one");
    assertThat(telegram.asToken()).isEqualTo("two three");
    assertThat(telegram.url()).contains(URI.create("http://mautrix_telegram:29317"));
    assertThat(telegram.users())
        .extracting(Namespace::exclusive)
        .containsExactly(true, false, false);
    assertThat(telegram.users().get(2).matches("@telegram_a:h")).isTrue();
    assertThat(telegram.aliases()).isEmpty();
    assertThat(telegram.rooms()).isEmpty();
  }

  @Test
  void read_anyEncodingOfYaml_isReadAndNothingElse() throws IOException {
    for (String text : new String[] {GOOD, "\uFEFF" + GOOD}) {
      assertThat(RegistrationFile.read(file(text)).id()).isEqualTo("irc");
    }
    Path wide = Files.write(
        folder.resolve("wide.yaml"), ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16BE));
    assertThat(RegistrationFile.read(wide).asToken()).isEqualTo("of the service");
    Path latin = Files.write(
        folder.resolve("latin.yaml"),
        GOOD.replace("irc", "ü").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> RegistrationFile.read(latin)).hasMessageContaining("it is no YAML");
  }

  @Test
  void read_noMapping_isRefused() throws IOException {
    Path list = file("- irc");
    assertThatThrownBy(() -> RegistrationFile.read(list)).hasMessageContaining("YAML mapping");
    Path empty = file("");
    assertThatThrownBy(() -> RegistrationFile.read(empty)).hasMessageContaining("YAML mapping");
    Path two = file(GOOD + "---\n" + GOOD);
    assertThatThrownBy(() -> RegistrationFile.read(two)).hasMessageContaining("another document");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> RegistrationFile.read(none)).hasMessageContaining("no such file");
  }

  @Test
  void commandLine_badFile_endsWithAStatusAndTheReason() throws IOException {
    String good = file(GOOD).toString();

    assertThat(errors("--appservice", folder.resolve("none").toString()))
        .contains("there is no such file");
    assertThat(errors("--appservice", good, "--appservice", good))
        .contains("two application services have the same 'id'");
    assertThat(errors("--appservice", file(GOOD.replace("ircbot", "irc bot")).toString()))
        .contains("the 'sender_localpart' of irc cannot be a user");
    String withoutId = file(GOOD.replace("id: irc\n", "")).toString();
    assertThat(errors("--appservice", withoutId, "--appservice", good))
        .contains("the same 'as_token'");
  }

  private static String errors(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "service", ".yaml"), text);
  }
}
